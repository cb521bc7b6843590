import { Failure } from '../../../core/failure.ts'
import type { JsonObject } from '../../../core/json.ts'
import type { Connection } from '../../../core/provider.ts'
import type { Content, Source } from '../../../core/source.ts'
import type { HttpResponse } from '../../../core/transport.ts'
import { gmailPrice } from '../limits.ts'
import { createBase64UrlDecoder } from './base64url.ts'
import { mailPlace } from './file-name.ts'
import { createHeaderCollector, type MailHeaders } from './headers.ts'
import { type LabelNames, type Labels, labelDetails } from './labels.ts'
import { createRawAnswerReader } from './raw-answer.ts'
import type { RecentMessages } from './recent.ts'
import { type GmailMessage, message as messageSchema } from './schema.ts'

type Learned = { -readonly [K in keyof NonNullable<Content['learned']>]: NonNullable<Content['learned']>[K] }

const fields = 'id,threadId,labelIds,historyId,internalDate,sizeEstimate,raw'

/**
 * Downloads: a message as Gmail keeps it, cut out of the JSON and decoded while it streams, so that a message of any size takes no memory.
 * https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/get
 */
export function createFetch(
  { endpoints, transport }: Connection,
  { labels, recent }: { readonly labels: Labels; readonly recent: RecentMessages },
): Source['fetch'] {
  return async (item, _part, { signal }) => {
    recent.begin(item.id)
    // Asked before the download: the body has to be read without a pause.
    await labels.list(signal)
    const answer = await transport.send({
      method: 'GET',
      url: new URL(
        `gmail/v1/users/me/messages/${encodeURIComponent(item.id)}?format=raw&prettyPrint=false&fields=${fields}`,
        endpoints.gmail,
      ).href,
      // Google packs for who says so twice: https://developers.google.com/workspace/gmail/api/guides/performance#gzip
      headers: { accept: 'application/json', 'accept-encoding': 'gzip', 'user-agent': 'holdall (gzip)' },
      budget: 'gmail',
      cost: gmailPrice.message,
      expects: 'stream',
      signal,
    })
    refuseWebPage(answer)
    // The date and the labels may stand behind the content, so what the content teaches is complete when its last byte was read,
    // and that is when the receiver looks at it.
    const learned: Learned = {}
    return { bytes: decode(answer, { id: item.id, learned, signal }), from: 0, learned }
  }

  async function* decode(
    answer: HttpResponse,
    { id, learned, signal }: { readonly id: string; readonly learned: Learned; readonly signal: AbortSignal },
  ): AsyncGenerator<Uint8Array> {
    const reader = createRawAnswerReader()
    const decoder = createBase64UrlDecoder()
    const headers = createHeaderCollector()
    for await (const chunk of answer.body) {
      for (const characters of reader.push(chunk)) {
        const bytes = decoder.push(characters)
        if (bytes.length === 0) continue
        headers.push(bytes)
        yield bytes
      }
    }
    const { fields: found, hasRaw } = reader.end()
    decoder.end()
    const parsed = messageSchema.safeParse(found)
    if (!parsed.success || parsed.data.id !== id)
      throw new Failure('corrupt', 'Gmail answered with something else than this message')
    if (!hasRaw) throw withoutContent(parsed.data)
    const names = await labels.names(parsed.data.labelIds, signal)
    Object.assign(learned, learnedOf(parsed.data, await headers.read(), names))
    const details = learned.details ?? {}
    // Read when the message is written down, so that what the log told meanwhile is in it.
    Object.defineProperty(learned, 'details', {
      enumerable: true,
      get: () => recent.complete(id, parsed.data.historyId, details),
    })
  }
}

/** What a message teaches of its item; not its history id, which changes with labels without being told. Pure. */
export function learnedOf(message: GmailMessage, headers: MailHeaders, names: LabelNames): NonNullable<Content['learned']> {
  const received = message.internalDate === undefined ? undefined : Number(message.internalDate)
  const { path, name, modified } = mailPlace({ id: message.id, received, subject: headers.subject })
  const details: JsonObject = {
    ...labelDetails(message.labelIds, names),
    ...(message.threadId !== undefined && { thread: message.threadId }),
    ...(received !== undefined && { received }),
    ...(message.sizeEstimate !== undefined && { sizeEstimate: message.sizeEstimate }),
    headers: { ...headers },
  }
  return { name, partName: name, path, details, ...(modified !== undefined && { modified }) }
}

/** Old lines of Hangouts stand among the messages and are none: https://developers.google.com/workspace/gmail/api/guides/labels */
function withoutContent({ labelIds }: GmailMessage): Failure {
  return labelIds.includes('CHAT')
    ? new Failure('unexportable', 'Gmail gives no message for a line of an old chat', { reason: 'no-export' })
    : new Failure('corrupt', 'Gmail’s answer holds no content of this message')
}

function refuseWebPage(answer: HttpResponse): void {
  if (!/^\s*(text\/html|application\/xhtml)/i.test(answer.headers['content-type'] ?? '')) return
  answer.cancel()
  throw new Failure('corrupt', 'Google answered with a web page instead of the message')
}

import type { Item } from '../../../../src/core/item.ts'
import type { Connection } from '../../../../src/core/provider.ts'
import type { Page, Source, SourceSettings } from '../../../../src/core/source.ts'
import { createMailbox, type MailboxModel } from '../../../../src/practice/google/gmail/mailbox.ts'
import { createDriveModel } from '../../../../src/practice/google/model.ts'
import type { FaultAction, FaultyRequest } from '../../../../src/practice/serving/faults.ts'
import { gmail } from '../../../../src/providers/google/gmail/source.ts'
import type { Fault, SourceHarness, WorldPath } from '../../../contracts/source.ts'
import { type ConnectOptions, connect } from '../connect.ts'
import { swift, withPages } from '../swift-pages.ts'

export const mailFaults: readonly Fault['kind'][] = ['status', 'cut', 'stall', 'html', 'bad-cursor']
export const mailScope = 'https://www.googleapis.com/auth/gmail.readonly'

/** Gmail at a practice Google. `pageSize` stands in for the 500 that the source asks for. */
export async function connectMail({ pageSize, ...options }: ConnectOptions & { pageSize?: number } = {}) {
  const model = options.model ?? createDriveModel()
  const mailbox = options.mailbox ?? createMailbox({ email: model.me.email })
  const at = await connect({ ...options, model, mailbox, scopes: ['openid', mailScope] })
  const connection = (): Connection => (pageSize === undefined ? at.connection() : withPages(at.connection(), pageSize))
  return { ...at, mailbox, connection, open: (settings: SourceSettings = {}): Source => gmail.open(connection(), settings) }
}
export type ConnectedMail = Awaited<ReturnType<typeof connectMail>>

/**
 * The mailbox as the contract suite drives it: each file of its world is a message that is exactly that file's bytes, since nothing says what
 * a message must look like. Its name is learned with the content, so the listing shows the world's name for it.
 */
export async function mailHarness(settings: SourceSettings = {}): Promise<SourceHarness & { at: ConnectedMail }> {
  const at = await connectMail({ pageSize: 12, budgets: swift })
  const { mailbox, practice } = at
  const ids = new Map<string, string>()
  const paths = new Map<string, WorldPath>()
  const named = (item: Item): Item => {
    const path = paths.get(item.id)
    return path === undefined ? item : { ...item, path: ['mail', ...path.slice(0, -1)], name: path.at(-1) ?? '' }
  }
  const open = (): Source => {
    const source = at.open(settings)
    return {
      ...source,
      async *list(...rest) {
        for await (const page of source.list(...rest)) yield { ...page, items: page.items.map(named) } satisfies Page
      },
    }
  }
  const never = async () => {
    throw new Error('mail has no such thing')
  }
  return {
    at,
    open,
    world: {
      addFolder: never,
      addFile: async (path, bytes) => {
        const { id } = mailbox.add(Buffer.from(bytes))
        ids.set(path.join('\0'), id)
        paths.set(id, path)
      },
      changeFile: never,
      move: never,
      remove: async (path) => mailbox.remove(ids.get(path.join('\0')) ?? ''),
    },
    inject: async (fault) => {
      if (fault.kind === 'bad-cursor') {
        practice.expirePageTokens()
        forget(mailbox)
        return
      }
      let skip = 'skip' in fault ? (fault.skip ?? 0) : 0
      const struck = fault.on === 'list' ? isListing : isDownload
      practice.addFault({
        match: (request) => struck(request) && skip-- <= 0,
        times: Number.POSITIVE_INFINITY,
        do: action(fault),
      })
    },
    heal: async () => practice.clearFaults(),
    close: at.close,
  }
}

const forget = (mailbox: MailboxModel) => mailbox.history.forget()
const isListing = ({ path }: FaultyRequest) => /\/users\/me\/(messages|history)$/.test(path)
const isDownload = ({ path }: FaultyRequest) => /\/users\/me\/messages\/[^/]+$/.test(path)

function action(fault: Fault): FaultAction {
  switch (fault.kind) {
    case 'status':
      return { status: fault.status, reason: reasons[fault.status] ?? 'backendError' }
    case 'cut':
      // A page of ids is shorter than those of other services.
      return { cutAfter: fault.on === 'list' ? Math.min(fault.bytes, 40) : fault.bytes }
    case 'stall':
      return { stallAfter: fault.bytes }
    case 'html':
      return { htmlPage: true }
    default:
      throw new Error(`Gmail shows no ${fault.kind}`)
  }
}

const reasons: Readonly<Record<number, string>> = {
  401: 'authError',
  403: 'forbidden',
  404: 'notFound',
  429: 'rateLimitExceeded',
}

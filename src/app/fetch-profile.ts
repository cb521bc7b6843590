import { readFile } from 'node:fs/promises'
import { Failure } from '../core/failure.ts'
import type { Provider } from '../core/provider.ts'
import { clean } from '../display/clean.ts'
import { createNetwork } from '../http/network.ts'
import { profileLines } from '../init/profile-lines.ts'
import type { Words } from '../language/words.ts'
import { describeProfile } from '../settings/profile/describe-profile.ts'
import { parseProfile } from '../settings/profile/load-profile.ts'
import type { Network } from '../settings/settings.ts'

export interface ProfileAsking {
  readonly providers: readonly Provider[]
  readonly words: Words
  /** A line for the person. */
  tell(line: string): void
  /** Undefined where nobody can answer. */
  ask(question: string): Promise<string | undefined>
  /** --yes: shown, and taken without asking. */
  readonly yes: boolean
  readonly signal: AbortSignal
  /** How long the address may take to answer, in milliseconds. Default: half a minute. */
  readonly patience?: number
}

/** Far above any profile: one is a page of text. Bytes. */
const most = 256 * 1024
const patience = 30_000

/**
 * Fetches a profile over the person's network, checks it, shows all that it would set, and asks. Returns its text, or undefined where it is not wanted or
 * nobody can be asked. Throws a Failure where the address does not bring a profile; a bad certificate is never passed over.
 */
export async function fetchProfile(address: string, network: Network, asking: ProfileAsking): Promise<string | undefined> {
  const text = await download(address, network, asking)
  const { providers, words, tell, yes, ask } = asking
  const described = describeProfile(parseProfile(text, address, providers), providers, words.language)
  for (const line of [...profileLines(described, address, words), words.profile.kept]) tell(clean(line))
  if (yes) return text
  const answer = await ask(words.profile.ask)
  return answer !== undefined && /^\s*(y|yes|はい)\s*$/i.test(answer) ? text : undefined
}

async function download(address: string, { ca, proxy }: Network, asking: ProfileAsking): Promise<string> {
  const slow = AbortSignal.timeout(asking.patience ?? patience)
  const network = createNetwork({
    proxies: {
      ...(proxy.http !== undefined && { http: proxy.http }),
      ...(proxy.https !== undefined && { https: proxy.https }),
      ...(proxy.except !== undefined && { no: proxy.except }),
    },
    ca: ca === undefined ? [] : [await readFile(ca, 'utf8')],
  })
  try {
    const answer = await network.fetch(address, {
      redirect: 'manual',
      headers: { accept: 'application/yaml, text/yaml, text/plain, */*;q=0.1' },
      signal: AbortSignal.any([asking.signal, slow]),
    })
    if (answer.status !== 200) {
      await answer.body?.cancel()
      throw refused(
        address,
        answer.status >= 300 && answer.status < 400
          ? 'the address leads on to another one'
          : `the server answered ${answer.status}`,
      )
    }
    const parts: Uint8Array[] = []
    let size = 0
    for await (const part of answer.body ?? []) {
      size += part.byteLength
      if (size > most) throw refused(address, `what stands there is larger than ${most} bytes`)
      parts.push(part)
    }
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts))
    } catch {
      throw refused(address, 'what stands there is not text in UTF-8')
    }
  } catch (error) {
    asking.signal.throwIfAborted()
    throw slow.aborted ? refused(address, 'it took too long to come') : error
  } finally {
    await network.close()
  }
}

const refused = (address: string, why: string) =>
  new Failure('settings', `the profile at ${address} was not taken: ${why}`, {
    hint: "see that profile: in holdall.yaml names the organisation's address of it exactly",
  })

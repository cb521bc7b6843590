import { setImmediate } from 'node:timers/promises'
import type { Archive } from '../../archive/archive.ts'
import type { Journal } from '../../journal/journal.ts'
import { examine } from './examine.ts'
import { createGatherer } from './gather.ts'
import { ownOrganisations } from './organisation.ts'
import type { OutsideAccounts } from './outside-accounts.ts'
import { createHeadReader } from './read-head.ts'
import { openRemembered } from './remembered.ts'
import { mailSources, savedMessages } from './saved-mail.ts'

export type * from './outside-accounts.ts'

export interface OutsideAccountsRequest {
  readonly journal: Journal
  readonly archive: Archive
  /** The person's own addresses; what their organisations send is no account elsewhere. */
  readonly addresses: readonly string[]
  readonly signal: AbortSignal
  /** Told now and then, and at the end. */
  readonly onProgress?: (read: number, of: number) => void
}

/** Messages after which progress is told and others get their turn. */
const round = 64

/**
 * Which services know the person by the address that ends, told from the saved mail and nothing else: files of the archive are read, nothing is asked
 * anywhere. What was found in a message is kept in `.holdall/`, so that a rerun reads what is new. Throws the signal's reason, and what the journal or the
 * disk says; a message that is missing or cannot be read is counted.
 */
export async function findOutsideAccounts(request: OutsideAccountsRequest): Promise<OutsideAccounts> {
  const { journal, archive, signal, onProgress } = request
  const own = ownOrganisations(request.addresses)
  const sources = mailSources(journal)
  const messages = sources.reduce((sum, source) => sum + source.messages, 0)
  const gatherer = createGatherer()
  let [seen, unreadable] = [0, 0]
  if (messages > 0) {
    const headOf = createHeadReader(archive)
    const remembered = await openRemembered(archive, own)
    try {
      for (const source of sources) {
        for (const message of savedMessages(journal, source)) {
          if (seen++ % round === 0) {
            onProgress?.(seen - 1, messages)
            await setImmediate()
            signal.throwIfAborted()
          }
          if (message.own) continue
          let finding = await remembered.recall(message, source.n)
          if (finding === undefined) {
            const head = await headOf(message.path)
            if (head === undefined) {
              unreadable++
              continue
            }
            finding = (await examine(head, own)) ?? null
          }
          await remembered.note(message, source.n, finding)
          if (finding !== null) gatherer.add(finding, message)
        }
      }
      await remembered.keep()
    } catch (error) {
      await remembered.discard()
      throw error
    }
  }
  onProgress?.(seen, messages)
  return {
    messages,
    read: seen - unreadable,
    unreadable,
    unsaved: sources.reduce((sum, source) => sum + source.unsaved, 0),
    sources: sources.map(({ name }) => name),
    ...gatherer.end(),
  }
}

import { z } from 'zod'
import { Failure } from '../../../core/failure.ts'
import type { Page } from '../../../core/source.ts'

const state = z.discriminatedUnion('step', [
  /** Everything; `page` is the next page. */
  z.object({ step: z.literal('full'), page: z.string().min(1) }),
  /** What changed since `sync`; `page` is the next page of it. */
  z.object({ step: z.literal('changes'), sync: z.string().min(1), page: z.string().min(1) }),
  /** Nothing is under way; the next listing tells what changed since `sync`. */
  z.object({ step: z.literal('rest'), sync: z.string().min(1) }),
  /** The next listing is a full one. */
  z.object({ step: z.literal('again') }),
])
type State = z.infer<typeof state>

/** A cursor after which everything is listed anew. */
export const listAgain = JSON.stringify({ step: 'again' } satisfies State)

/** Where an answer is asked for. Both absent: the first page of everything. */
export interface At {
  readonly page?: string
  readonly sync?: string
}

export interface Answer extends Pick<Page, 'items' | 'patches' | 'gone'> {
  readonly nextPage?: string | undefined
  /** On the last page, where the service has such a thing: what the next listing asks for changes by. */
  readonly nextSync?: string | undefined
}

/**
 * Lists a log that Google's older APIs keep in one form: pages of everything, a sync token on the last one, then pages of what changed.
 * A token that is no longer taken leads to everything anew: People says so by 400 EXPIRED_SYNC_TOKEN, Calendar by 410
 * (https://developers.google.com/workspace/calendar/api/guides/sync), and what else may be wrong with it by another 400 or 404.
 */
export async function* listLog(
  ask: (at: At) => Promise<Answer>,
  since: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<Page> {
  let at = since === undefined ? undefined : read(since)
  let restarted = false
  for (;;) {
    signal.throwIfAborted()
    let answer: Answer
    try {
      answer = await ask(askFor(at))
    } catch (error) {
      if (at === undefined || restarted || !saysDeadToken(error)) throw error
      restarted = true
      at = undefined
      continue
    }
    const { nextPage, nextSync, ...page } = answer
    if (nextPage !== undefined && at !== undefined && 'page' in at && at.page === nextPage)
      throw new Failure('unlisted', 'Google’s listing goes round in a circle')
    const sync = at?.step === 'rest' || at?.step === 'changes' ? at.sync : undefined
    const next: State =
      nextPage !== undefined
        ? sync === undefined
          ? { step: 'full', page: nextPage }
          : { step: 'changes', sync, page: nextPage }
        : nextSync === undefined
          ? { step: 'again' }
          : { step: 'rest', sync: nextSync }
    yield { ...page, ...(at === undefined && { startsOver: true }), cursor: JSON.stringify(next) }
    if (nextPage === undefined) return
    at = next
  }
}

/** undefined for what leads to a full listing, be it no cursor of ours. */
function read(cursor: string): State | undefined {
  try {
    const found = state.safeParse(JSON.parse(cursor)).data
    return found?.step === 'again' ? undefined : found
  } catch {
    return undefined
  }
}

function askFor(at: State | undefined): At {
  if (at === undefined || at.step === 'again') return {}
  return at.step === 'full' ? { page: at.page } : at.step === 'rest' ? { sync: at.sync } : { sync: at.sync, page: at.page }
}

/** A request that is wrong now and was right before can only be so for its token; `bug` is what a 400 counts as that nobody explains. */
function saysDeadToken(error: unknown): boolean {
  return error instanceof Failure && ['unlisted', 'gone', 'bug'].includes(error.kind) && error.cause === undefined
}

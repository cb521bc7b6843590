import { Failure } from '../../../core/failure.ts'
import type { GmailApi, MessageQuery } from './api.ts'

/** Ids of messages page by page, to the end. */
export async function* idPages(
  api: GmailApi,
  query: Omit<MessageQuery, 'page'>,
  signal: AbortSignal,
): AsyncGenerator<readonly string[]> {
  for (let page: string | undefined, more = true; more; more = page !== undefined) {
    const answer = await api.messages({ ...query, page }, signal)
    if (answer.nextPageToken !== undefined && answer.nextPageToken === page) throw circle()
    yield answer.messages.map(({ id }) => id)
    page = answer.nextPageToken
  }
}

export const circle = (): Failure => new Failure('unlisted', 'Gmail’s listing goes round in a circle')

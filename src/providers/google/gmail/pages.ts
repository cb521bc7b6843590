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

/** The same under one label; none where the label was deleted since the list of labels was read. */
export async function* labelPages(api: GmailApi, label: string, signal: AbortSignal): AsyncGenerator<readonly string[]> {
  try {
    yield* idPages(api, { label, spamAndTrash: true }, signal)
  } catch (error) {
    if (!(error instanceof Failure && error.kind === 'gone')) throw error
  }
}

export const circle = (): Failure => new Failure('unlisted', 'Gmail’s listing goes round in a circle')

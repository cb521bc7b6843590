import type { GmailApi } from './api.ts'
import { createLabelTable } from './label-table.ts'
import type { Labels } from './labels.ts'
import { idPages, labelPages } from './pages.ts'

/**
 * The labels of every message, from lists of the ids under each label: 5 units for 500 messages, where asking for each message costs 20
 * (https://developers.google.com/workspace/gmail/api/reference/quota). Held in memory: some twenty bytes for each message.
 */
export async function allLabels(
  api: GmailApi,
  labels: Labels,
  signal: AbortSignal,
): Promise<Iterable<readonly [id: string, labels: readonly string[]]>> {
  const table = createLabelTable()
  for await (const ids of idPages(api, { spamAndTrash: true }, signal)) for (const id of ids) table.add(id)
  for (const { id: label } of await labels.list(signal)) {
    for await (const ids of labelPages(api, label, signal)) for (const id of ids) table.label(id, label)
  }
  return table.entries()
}

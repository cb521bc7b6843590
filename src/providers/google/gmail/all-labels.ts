import type { GmailApi } from './api.ts'
import type { Labels } from './labels.ts'
import { idPages, labelPages } from './pages.ts'

/**
 * The labels of every message, from lists of the ids under each label: 5 units for 500 messages, where asking for each message costs 20
 * (https://developers.google.com/workspace/gmail/api/reference/quota). Held in memory: some hundred bytes for each message.
 */
export async function allLabels(
  api: GmailApi,
  labels: Labels,
  signal: AbortSignal,
): Promise<Iterable<readonly [id: string, labels: readonly string[]]>> {
  // Thousands of messages share a few combinations of labels, so each combination is held once.
  const none: Combination = { labels: [], more: new Map() }
  const combinations = new Map<string, Combination>()
  for await (const ids of idPages(api, { spamAndTrash: true }, signal)) for (const id of ids) combinations.set(id, none)
  for (const { id: label } of await labels.list(signal)) {
    for await (const ids of labelPages(api, label, signal)) {
      for (const id of ids) combinations.set(id, extend(combinations.get(id) ?? none, label))
    }
  }
  return lines(combinations)
}

interface Combination {
  readonly labels: readonly string[]
  readonly more: Map<string, Combination>
}

function extend(combination: Combination, label: string): Combination {
  if (combination.labels.includes(label)) return combination
  const known = combination.more.get(label)
  if (known !== undefined) return known
  const made = { labels: [...combination.labels, label], more: new Map<string, Combination>() }
  combination.more.set(label, made)
  return made
}

function* lines(combinations: ReadonlyMap<string, Combination>): Generator<readonly [string, readonly string[]]> {
  for (const [id, { labels }] of combinations) yield [id, labels]
}

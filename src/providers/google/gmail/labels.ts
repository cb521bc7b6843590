import type { MailDetails } from '../../../core/mail.ts'
import type { GmailApi } from './api.ts'
import type { GmailLabel } from './schema.ts'

/** Names of Gmail's own labels as its pages show them: https://developers.google.com/workspace/gmail/api/guides/labels */
const own: Readonly<Record<string, string>> = {
  INBOX: 'Inbox',
  SENT: 'Sent',
  DRAFT: 'Drafts',
  SPAM: 'Spam',
  TRASH: 'Trash',
  STARRED: 'Starred',
  IMPORTANT: 'Important',
  CHAT: 'Chats',
}

/** Label ids to the names that the person gave; Gmail's own are not in it. */
export type LabelNames = ReadonlyMap<string, string>

export const namesOf = (labels: readonly GmailLabel[]): LabelNames =>
  new Map(labels.filter(({ type }) => type !== 'system').map(({ id, name }) => [id, name]))

/** The name of a label; undefined for what is a flag and no label (unread). */
function labelName(id: string, names: LabelNames): string | undefined {
  if (id === 'UNREAD') return undefined
  const given = names.get(id)
  if (given !== undefined && given !== '') return given
  if (Object.hasOwn(own, id)) return own[id]
  // CATEGORY_UPDATES, YELLOW_STAR and whatever Gmail invents next.
  return /^[A-Z][A-Z_]*$/.test(id)
    ? id
        .split('_')
        .map((word) => word.slice(0, 1) + word.slice(1).toLowerCase())
        .join(' ')
    : id
}

const isKnown = (id: string, names: LabelNames): boolean => names.has(id) || /^[A-Z][A-Z_]*$/.test(id)

/** Gmail's own words beside those that every mail source has. */
export type LabelDetails = Pick<MailDetails, 'labels'> & {
  readonly labelIds: readonly string[]
  readonly flags: Required<Omit<MailDetails['flags'], 'answered'>> & {
    readonly sent: boolean
    readonly important: boolean
    readonly spam: boolean
  }
}

/** What the labels of a message say of it, every field always there, so that a later statement replaces an earlier one whole. */
export function labelDetails(ids: readonly string[], names: LabelNames): LabelDetails {
  const has = (id: string) => ids.includes(id)
  const labels = [...new Set(ids.flatMap((id) => labelName(id, names) ?? []))].sort()
  return {
    labels,
    labelIds: [...new Set(ids)].sort(),
    flags: {
      seen: !has('UNREAD'),
      flagged: has('STARRED'),
      draft: has('DRAFT'),
      trashed: has('TRASH'),
      sent: has('SENT'),
      important: has('IMPORTANT'),
      spam: has('SPAM'),
    },
  }
}

/** The labels of the account, asked for once a run, and once more for each that was made meanwhile. */
export interface Labels {
  list(signal: AbortSignal): Promise<readonly GmailLabel[]>
  /** The names of these labels among others. */
  names(ids: readonly string[], signal: AbortSignal): Promise<LabelNames>
}

export function createLabels(api: GmailApi): Labels {
  let asked: { readonly labels: Promise<readonly GmailLabel[]>; readonly by: AbortSignal } | undefined
  const unknown = new Set<string>()
  const list = async (signal: AbortSignal): Promise<readonly GmailLabel[]> => {
    signal.throwIfAborted()
    const asking = asked ?? { labels: api.labels(signal), by: signal }
    asked = asking
    try {
      return await asking.labels
    } catch (error) {
      // A failure is not remembered, and the end of whoever asked first is not that of the others.
      if (asked === asking) asked = undefined
      if (asking.by.aborted && !signal.aborted) return list(signal)
      throw error
    }
  }
  return {
    list,
    async names(ids, signal) {
      const names = namesOf(await list(signal))
      const fresh = ids.filter((id) => !isKnown(id, names) && !unknown.has(id))
      if (fresh.length === 0) return names
      for (const id of fresh) unknown.add(id)
      asked = undefined
      return namesOf(await list(signal))
    },
  }
}

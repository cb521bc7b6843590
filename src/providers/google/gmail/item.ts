import type { Item } from '../../../core/item.ts'
import type { GmailSettings } from './settings.ts'

/**
 * A message as an item: all that a listing knows is its id. It never changes (an edited draft is a message with another id), so neither does
 * its version; place, name and time come with its content. https://developers.google.com/workspace/gmail/api/guides/drafts
 */
export function messageItem(id: string, labels: readonly string[], { includeSpamTrash }: GmailSettings, rank?: number): Item {
  const excluded = includeSpamTrash
    ? undefined
    : labels.includes('TRASH')
      ? 'in the trash'
      : labels.includes('SPAM')
        ? 'in spam'
        : undefined
  return {
    id,
    kind: 'file',
    version: '1',
    parts: [{ key: 'eml' }],
    ...(excluded === undefined ? {} : { excluded }),
    ...(rank === undefined ? {} : { rank }),
    details: {},
  }
}

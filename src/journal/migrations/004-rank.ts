import type { Migration } from '../migrations.ts'

/** `rank`: what goes before the rest of its source's queue (`Item.rank`); the queue is read rank by rank, each by number. */
export const rank: Migration = {
  number: 4,
  name: 'rank',
  sql: `
ALTER TABLE item ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;
DROP INDEX item_queue;
CREATE INDEX item_queue ON item(source, rank, n) WHERE state = 'pending';
`,
}

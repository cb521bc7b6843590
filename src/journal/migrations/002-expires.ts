import type { Migration } from '../migrations.ts'

/** `expires`: from when on the provider removes the item by itself, in milliseconds since 1970; what goes soon is taken first. */
export const expires: Migration = {
  number: 2,
  name: 'expires',
  sql: `
ALTER TABLE item ADD COLUMN expires REAL;
CREATE INDEX item_expiring ON item(source, expires, n) WHERE expires IS NOT NULL;
`,
}

import type { Migration } from '../migrations.ts'

/** Finds what the provider refused, to ask for it again. */
export const refused: Migration = {
  number: 3,
  name: 'refused',
  sql: `CREATE INDEX item_refused ON item(source, run) WHERE state = 'unexportable';`,
}

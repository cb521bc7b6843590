import type { JsonObject } from '../../core/json.ts'
import type { ListedItem, Remembered } from '../../core/leaving.ts'
import type { Journal } from '../../journal/journal.ts'
import type { ItemRow } from '../../journal/rows.ts'

/** What the journal remembers of an account; without a journal, nothing. */
export function rememberedItems(journal: Journal | undefined, account: string): Remembered {
  const number = (source: string) => journal?.findSource(`${account}/${source}`)
  return {
    listed(source) {
      const name = `${account}/${source}`
      return journal?.sources().find((one) => one.name === name)?.listed ?? undefined
    },
    item(source, id) {
      const n = number(source)
      const row = n === undefined ? undefined : journal?.find(n, id)
      return row === undefined || row.vanished !== null ? undefined : listed(row)
    },
    *items(source) {
      const n = number(source)
      if (n === undefined || journal === undefined) return
      for (const row of journal.itemRows(n)) if (row.vanished === null) yield listed(row)
    },
  }
}

const listed = ({ id, name, parent, details }: Pick<ItemRow, 'id' | 'name' | 'parent' | 'details'>): ListedItem => ({
  id,
  name: name ?? undefined,
  parent: parent ?? undefined,
  details: JSON.parse(details) as JsonObject,
})

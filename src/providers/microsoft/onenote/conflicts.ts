import type { PageAnswer } from './schema.ts'

/**
 * Pages that are perhaps what OneNote keeps of changes that it could not merge: by the id of each, the id of the page that they were made to. OneNote hides such
 * a page below the one that it belongs to (https://learn.microsoft.com/archive/blogs/onenotetips/tracking-activity-in-shared-notebooks). The files of
 * OneNote mark it, on both pages (jcidConflictPageMetaData, HasConflictPages:
 * https://learn.microsoft.com/openspecs/office_file_formats/ms-one/37f2f6c3-75d1-4e54-abe5-79aff6e91b64); Graph has no word for it
 * (https://learn.microsoft.com/graph/api/resources/page#properties). So it is taken for one where it follows a page of the same title directly, and is
 * indented below it: somebody may have made a page like that by hand, which is why nobody is told more than "perhaps".
 */
export function perhapsConflicts(pages: readonly PageAnswer[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  let before: PageAnswer | undefined
  const place = ({ order }: PageAnswer) => order ?? Number.MAX_SAFE_INTEGER
  for (const page of pages.toSorted((a, b) => place(a) - place(b))) {
    const title = page.title ?? ''
    const alike = before !== undefined && title.trim() !== '' && title === before.title
    if (alike && (page.level ?? 0) > (before?.level ?? 0)) found.set(page.id, before!.id)
    else before = page
  }
  return found
}

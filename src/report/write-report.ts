import { reportData, reportPage as reportFile } from '../archive/report-files.ts'
import { putTagPages } from '../archive/tag-pages.ts'
import { Failure } from '../core/failure.ts'
import type { Words } from '../language/words.ts'
import { reportPage } from './report-page.ts'
import { type Report, reportSchema } from './report-schema.ts'

/** Writes report.html and report.json into a sealed archive, which stays a valid bag. Throws a Failure of kind `corrupt` or `disk`. */
export async function writeReport(root: string, report: Report, words: Words): Promise<void> {
  const checked = reportSchema.safeParse(report)
  if (!checked.success) {
    const [first] = checked.error.issues
    throw new Failure(
      'corrupt',
      `the journal of this archive states what cannot be (${first?.path.join('.')}): no report can be made of it`,
      {
        hint: 'run holdall verify, which says what is wrong with it and what to do',
      },
    )
  }
  await putTagPages(root, [
    { path: reportFile, text: reportPage(report, words) },
    { path: reportData, text: [`${JSON.stringify(checked.data, undefined, 2)}\n`] },
  ])
}

import { reportData, reportPage as reportFile } from '../archive/report-files.ts'
import { putTagPages } from '../archive/tag-pages.ts'
import type { Words } from '../language/words.ts'
import { reportPage } from './report-page.ts'
import { type Report, reportSchema } from './report-schema.ts'

/** Writes report.html and report.json into a sealed archive, which stays a valid bag. Throws a Failure of kind `corrupt` or `disk`. */
export async function writeReport(root: string, report: Report, words: Words): Promise<void> {
  await putTagPages(root, [
    { path: reportFile, text: reportPage(report, words) },
    { path: reportData, text: [`${JSON.stringify(reportSchema.parse(report), undefined, 2)}\n`] },
  ])
}

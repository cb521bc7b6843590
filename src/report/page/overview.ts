import type { Words } from '../../language/words.ts'
import { given, html, type Markup } from '../markup.ts'
import type { Report } from '../report-schema.ts'
import { bar } from './charts.ts'

interface Row {
  readonly label: Markup | string
  readonly files: number
  readonly bytes: number
}

/** Years that stand alone; what is older is one row, so that thirty years of mail stay one page. */
const yearsShown = 15

/** Files and bytes by source, by year and by kind: tables whose bars are a picture of the same numbers. */
export function overviewSection(report: Report, words: Words): Markup {
  const { headings, columns } = words.report
  const sources = report.sources.map(({ source, files, tally }): Row => ({ label: given(source), files, bytes: tally.bytes }))
  const kinds = report.kinds.map(
    ({ kind, ...sums }): Row => ({ label: words.report.kinds[kind as keyof Words['report']['kinds']] ?? kind, ...sums }),
  )
  return html`<section aria-labelledby="overview"><h2 id="overview">${headings.overview}</h2>
<p class="soft">${words.report.overviewLead}</p>
${chart(headings.bySource, columns.source, sources, words)}
${chart(headings.byYear, columns.year, yearRows(report.years, words), words)}
${chart(headings.byKind, columns.kind, kinds, words)}
</section>
`
}

function chart(title: string, first: string, rows: readonly Row[], words: Words): Markup | undefined {
  if (rows.length === 0) return undefined
  const { columns } = words.report
  const most = { bytes: Math.max(...rows.map(({ bytes }) => bytes)), files: Math.max(...rows.map(({ files }) => files)) }
  return html`<div class="card long"><table><caption>${title}</caption>
<thead><tr><th scope="col">${first}</th><th scope="col" class="n">${columns.size}</th><td class="chart"></td><th scope="col" class="n">${columns.files}</th><td class="chart"></td></tr></thead>
<tbody>${rows.map(
    ({
      label,
      files,
      bytes,
    }) => html`<tr><th scope="row">${label}</th><td class="n">${words.format.size(bytes)}</td><td class="chart">${bar(bytes, most.bytes)}</td><td class="n">${words.format.number(files)}</td><td class="chart files">${bar(files, most.files)}</td></tr>
`,
  )}</tbody></table></div>
`
}

function yearRows(years: Report['years'], words: Words): Row[] {
  const dated = years.flatMap(({ year, files, bytes }) => (year === null ? [] : [{ year, files, bytes }]))
  const older = dated.slice(0, Math.max(0, dated.length - yearsShown))
  const sum = (key: 'files' | 'bytes') => older.reduce((all, one) => all + one[key], 0)
  return [
    ...(older.length > 0 ? [{ label: `${older[0]!.year}–${older.at(-1)!.year}`, files: sum('files'), bytes: sum('bytes') }] : []),
    ...dated.slice(older.length).map(({ year, files, bytes }) => ({ label: String(year), files, bytes })),
    ...years.flatMap(({ year, files, bytes }) => (year === null ? [{ label: words.report.unknownYear, files, bytes }] : [])),
  ]
}

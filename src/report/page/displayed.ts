import type { Words } from '../../language/words.ts'
import { given, html, type Markup } from '../markup.ts'
import type { Report, SourceReport } from '../report-schema.ts'

/** What the services show of themselves, beside what is here, and why the two differ. Nothing follows from it. */
export function displayedSection({ sources }: Report, words: Words): Markup | undefined {
  const shown = sources.filter(({ displayed }) => displayed !== undefined)
  if (shown.length === 0) return undefined
  return html`<section aria-labelledby="displayed"><h2 id="displayed">${words.report.headings.displayed}</h2>
<p class="soft">${words.report.displayedLead}</p>
${shown.map((source) => card(source, words))}</section>
`
}

function card({ source, title, displayed }: SourceReport, words: Words): Markup {
  const { totals = [], read = '' } = displayed ?? {}
  const { columns } = words.report
  const amount = (count: number, unit: 'bytes' | 'items') =>
    unit === 'bytes' ? words.format.size(count) : words.format.number(count)
  const because = [...new Set(totals.flatMap((total) => total.because))]
  return html`<div class="card long"><table><caption>${title} <span class="soft">${title === source ? undefined : given(source)}</span></caption>
<thead><tr><th scope="col">${columns.counted}</th><th scope="col" class="n">${columns.shownThere}</th><th scope="col" class="n">${columns.foundHere}</th></tr></thead>
<tbody>${totals.map(
    ({
      what,
      unit,
      shown,
      ours,
    }) => html`<tr><th scope="row">${what}</th><td class="n">${amount(shown, unit)}</td><td class="n">${ours === undefined ? words.report.notCounted : amount(ours, unit)}</td></tr>
`,
  )}</tbody></table>
<p>${words.report.whyDifferent}</p>
<ul>${because.map((reason) => html`<li>${reason}</li>`)}</ul>
<p class="soft">${words.report.displayedRead(read)}</p></div>
`
}

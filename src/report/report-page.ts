import type { Words } from '../language/words.ts'
import { given, html, type Markup } from './markup.ts'
import { checkSection, neverSection, timesSection } from './page/closing.ts'
import { displayedSection } from './page/displayed.ts'
import { leavingSection } from './page/leaving.ts'
import { notSavedSection } from './page/not-saved.ts'
import { overviewSection } from './page/overview.ts'
import { obstacleText, sourceCard } from './page/source-cards.ts'
import { style } from './page/style.ts'
import type { Report, SourceReport } from './report-schema.ts'
import { stored } from './stored.ts'

/** report.html, piece by piece: one file that needs no network and no script, and that nothing in it could make run one. */
export function* reportPage(report: Report, words: Words): Iterable<string> {
  const { tally, headline } = summary(report, words)
  yield `<!DOCTYPE html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${html`${words.report.title}: ${headline}`.markup}</title>
<style>${style}</style>
</head>
<body>
`
  yield html`<header class="${report.verdict}"><div><h1>${icons[report.verdict]}<span>${headline}</span></h1>
<p>${words.report.lead[report.verdict]}</p>
${report.butFor > 0 ? html`<p>${words.report.butFor(tally)}</p>` : undefined}
</div></header>
<main>
`.markup
  yield figures(report, words).markup
  yield nextSteps(report, words)?.markup ?? ''
  yield html`<section aria-labelledby="sources"><h2 id="sources">${words.report.headings.sources}</h2>
`.markup
  for (const source of report.sources) yield sourceCard(source, words).markup
  yield '</section>\n'
  yield leavingSection(report, words)?.markup ?? ''
  yield notSavedSection(report, words).markup
  yield overviewSection(report, words).markup
  yield displayedSection(report, words)?.markup ?? ''
  yield neverSection(report, words)?.markup ?? ''
  yield checkSection(report, words).markup
  yield timesSection(report, words).markup
  yield html`</main>
<footer><p>${words.report.madeBy(report.software, report.made)}</p></footer>
</body>
</html>
`.markup
}

/** The verdict in one sentence, also for the terminal. */
export function summary(report: Report, words: Words): { readonly headline: string; readonly tally: Report['total'] } {
  const { verdict, butFor, total, sources } = report
  const unsure = sources.filter(({ obstacles }) => obstacles.some((one) => one !== 'pending' && one !== 'failed')).length
  return { headline: words.report.headline(verdict, { butFor, open: total.pending + total.failed, unsure }), tally: total }
}

function figures({ total, files }: Report, words: Words): Markup {
  const shown: readonly (readonly [string, string])[] = [
    [words.report.figures.items, words.format.number(total.items)],
    [words.report.figures.saved, words.format.number(total.saved + total.unchanged)],
    [words.report.figures.files, words.format.number(files)],
    [words.report.figures.size, words.format.size(total.bytes)],
  ]
  return html`<dl class="figures">${shown.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
`
}

function nextSteps({ sources }: Report, words: Words): Markup | undefined {
  const open = sources.filter(({ obstacles }) => obstacles.length > 0)
  if (open.length === 0) return undefined
  const step = (source: SourceReport, obstacle: SourceReport['obstacles'][number]) => {
    const hint = obstacle === 'failure' ? source.failure?.hint : undefined
    return html`<li>${obstacleText(source, obstacle, words)} <strong>${hint === undefined ? words.report.remedies[obstacle] : stored(capital(hint), words, 'stop')}</strong></li>`
  }
  return html`<section aria-labelledby="next"><h2 id="next">${words.report.headings.next}</h2>
<div class="card long">${open.map(
    (source) => html`<h3>${given(source.source)}</h3>
<ul>${source.obstacles.map((obstacle) => step(source, obstacle))}</ul>
`,
  )}</div></section>
`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const icon = (path: Markup) =>
  html`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${path}</svg>`

const icons: Readonly<Record<Report['verdict'], Markup>> = {
  complete: icon(html`<circle cx="12" cy="12" r="10"/><path d="M7.5 12.5l3 3 6-7"/>`),
  'complete-but': icon(html`<circle cx="12" cy="12" r="10"/><path d="M7.5 12.5l3 3 6-7"/>`),
  'not-complete': icon(html`<path d="M12 3L22 20.5H2z"/><path d="M12 10v5M12 17.8v.2"/>`),
}

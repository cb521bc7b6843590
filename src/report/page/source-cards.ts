import { states } from '../../core/state.ts'
import type { Words } from '../../language/words.ts'
import { given, html, type Markup } from '../markup.ts'
import type { SourceReport } from '../report-schema.ts'
import { stored } from '../stored.ts'
import { stateBar, swatch } from './charts.ts'

/** The statement of one source: the verdict, the seven states that add up, since when nothing older is missing, what is in the way. */
export function sourceCard(source: SourceReport, words: Words): Markup {
  const { tally } = source
  return html`<article class="card">
<div class="top"><h3>${source.title === source.source ? given(source.source) : html`${source.title} <span class="soft">${given(source.source)}</span>`}</h3>
<span class="verdict ${source.verdict}">${words.report.verdicts[source.verdict]}</span></div>
${tally.items > 0 ? stateBar(tally) : undefined}
<dl class="states">${states.map((state) => html`<div${tally[state] === 0 ? html` class="none"` : undefined}><dt>${swatch(state)} ${words.report.states[state]}</dt><dd>${words.format.number(tally[state])}</dd></div>`)}</dl>
<p class="soft">${words.report.sum(tally.items, source.files, tally.bytes)}</p>
${obstacles(source, words)}
${whenKnown(source, words)}
${tally.items === 0 && source.listed !== undefined ? html`<p><strong>${words.report.empty}</strong></p>` : undefined}
${source.keptThoughGone > 0 ? html`<p class="soft">${words.report.keptThoughGone(source.keptThoughGone)}</p>` : undefined}
${source.configured ? undefined : html`<p class="soft">${words.report.notConfigured}</p>`}
</article>
`
}

function whenKnown({ asOf, listed, countedTwice: counted, clockAhead, verdict }: SourceReport, words: Words): Markup | undefined {
  if (asOf !== undefined) return html`<p>${words.report.asOf(asOf, { counted, verdict })}</p>`
  if (clockAhead === true) return html`<p>${words.report.clockAhead}</p>`
  if (listed === undefined) return undefined
  return html`<p>${words.report.lastListed(listed)}</p>`
}

function obstacles(source: SourceReport, words: Words): Markup | undefined {
  if (source.obstacles.length === 0) return undefined
  return html`<div class="warning">${source.obstacles.map((obstacle) => html`<p>${obstacleText(source, obstacle, words)}</p>`)}</div>`
}

/** One obstacle as a sentence, with what was the matter where that is known. */
export function obstacleText(source: SourceReport, obstacle: SourceReport['obstacles'][number], words: Words): Markup {
  const count = obstacle === 'pending' || obstacle === 'failed' ? source.tally[obstacle] : 0
  const why =
    obstacle === 'failure' && source.failure !== undefined ? html` ${stored(source.failure.message, words, 'stop')}` : undefined
  return html`${words.report.obstacles[obstacle](count)}${why}`
}

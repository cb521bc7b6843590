import type { Words } from '../../language/words.ts'
import { given, html, localAddress, type Markup, webAddress } from '../markup.ts'
import type { NotSaved, Report, SourceReport } from '../report-schema.ts'
import { foreign, stored } from '../stored.ts'

/** Reasons of one source that the page spells out, and names for each; report.json has more, the metadata all. */
const reasonsShown = 20
const namesShown = 5

/** What is not saved and why, source by source. */
export function notSavedSection({ sources }: Report, words: Words): Markup {
  const lacking = sources.filter(({ notSaved }) => notSaved.length > 0)
  return html`<section aria-labelledby="not-saved"><h2 id="not-saved">${words.report.headings.notSaved}</h2>
${lacking.length === 0 ? html`<p>${words.report.nothingNotSaved}</p>` : html`<p class="soft">${words.report.notSavedLead}</p>`}
${lacking.map((source) => ofSource(source, words))}
</section>
`
}

function ofSource(source: SourceReport, words: Words): Markup {
  const shown = source.notSaved.slice(0, reasonsShown)
  const rest = source.notSaved.slice(reasonsShown)
  const left = rest.reduce((sum, reason) => sum + reason.count, 0)
  return html`<div class="card long"><h3>${given(source.source)}</h3>
${shown.map((reason) => ofReason(reason, words))}
${rest.length > 0 ? html`<p class="reason">${words.report.moreReasons(left)}</p>` : undefined}
<p class="soft">${words.report.seeMetadata} <a href="${localAddress(source.metadata)}"><code>${source.metadata}</code></a></p>
</div>
`
}

function ofReason({ state, class: kind, reason, hint, count, examples }: NotSaved, words: Words): Markup {
  const shown = examples.slice(0, namesShown)
  return html`<div class="reason"><p><strong>${words.report.inState(count, words.report.states[state])}</strong> ${classOf(kind, reason, words)}${stored(reason, words)}</p>
${hint === undefined ? undefined : html`<p>${words.report.whatToDo} ${stored(hint, words)}</p>`}
<ul class="names">${shown.map(({ path, link }) => html`<li>${given(path)}${atService(link, words)}</li>`)}${count > shown.length ? html`<li class="soft">${words.report.more(count - shown.length)}</li>` : undefined}</ul></div>
`
}

/** In a report of another language than the provider's sentence: the closed list's words before it. */
function classOf(kind: string | undefined, reason: string, words: Words): Markup | undefined {
  const known = kind === undefined || !foreign(reason, words) ? undefined : words.reasons[kind as keyof Words['reasons']]
  return known === undefined ? undefined : html`${known} `
}

function atService(link: string | undefined, words: Words): Markup | undefined {
  const address = webAddress(link)
  return address === undefined ? undefined : html` <a href="${address}" rel="noreferrer">${words.report.atService}</a>`
}

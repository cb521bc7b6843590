import { formatNumber } from '../format.ts'
import { given, html, localAddress, type Markup, webAddress } from '../markup.ts'
import type { NotSaved, Report, SourceReport } from '../report-schema.ts'
import type { Words } from '../words.ts'

/** Reasons of one source that the page spells out, and names for each; report.json has more, the metadata all. */
const reasonsShown = 20
const namesShown = 5

/** What is not saved and why, source by source. */
export function notSavedSection({ sources }: Report, words: Words): Markup {
  const lacking = sources.filter(({ notSaved }) => notSaved.length > 0)
  return html`<section aria-labelledby="not-saved"><h2 id="not-saved">${words.headings.notSaved}</h2>
${lacking.length === 0 ? html`<p>${words.nothingNotSaved}</p>` : html`<p class="soft">${words.notSavedLead}</p>`}
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
${rest.length > 0 ? html`<p class="reason">${words.moreReasons(left)}</p>` : undefined}
<p class="soft">${words.seeMetadata} <a href="${localAddress(source.metadata)}"><code>${source.metadata}</code></a></p>
</div>
`
}

function ofReason({ state, reason, hint, count, examples }: NotSaved, words: Words): Markup {
  const shown = examples.slice(0, namesShown)
  return html`<div class="reason"><p><strong>${formatNumber(count)} ${words.states[state]}:</strong> ${given(reason)}</p>
${hint === undefined ? undefined : html`<p>${words.whatToDo} ${given(hint)}</p>`}
<ul class="names">${shown.map(({ path, link }) => html`<li>${given(path)}${atService(link, words)}</li>`)}${count > shown.length ? html`<li class="soft">${words.more(count - shown.length)}</li>` : undefined}</ul></div>
`
}

function atService(link: string | undefined, words: Words): Markup | undefined {
  const address = webAddress(link)
  return address === undefined ? undefined : html` <a href="${address}" rel="noreferrer">${words.atService}</a>`
}

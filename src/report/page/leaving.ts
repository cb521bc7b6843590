import { leaveSections } from '../../core/leaving.ts'
import type { Words } from '../../language/words.ts'
import { given, html, localAddress, type Markup, webAddress } from '../markup.ts'
import type { Report } from '../report-schema.ts'
import { stored } from '../stored.ts'

type Line = NonNullable<Report['leaving']>['lines'][number]

/** The leaver's checklist as it was last. */
export function leavingSection({ leaving }: Report, words: Words): Markup | undefined {
  if (leaving === undefined) return undefined
  const { leave } = words
  return html`<section aria-labelledby="leaving"><h2 id="leaving">${leave.reportSection}</h2>
<p class="soft">${leave.reportLead(leaving.made)}</p>
${leaveSections.map((section) => {
  const lines = leaving.lines.filter((line) => line.section === section)
  return lines.length === 0
    ? undefined
    : html`<div class="card long"><h3>${leave.sections[section]}</h3>
<ul class="things">${lines.map((line) => oneLine(line, words))}</ul></div>
`
})}</section>
`
}

function oneLine({ state, account, what, why, next }: Line, words: Words): Markup {
  const named =
    account === undefined || what.includes(`${account}/`) ? undefined : html` <span class="soft">${given(account)}</span>`
  return html`<li><p><span class="verdict ${state}">${words.leave.states[state]}</span> <strong>${given(what)}</strong>${named}</p>
<p>${stored(why, words)}</p>
${next.length === 0 ? undefined : html`<ul class="names">${next.map((step) => html`<li>${oneStep(step, words)}</li>`)}</ul>`}</li>
`
}

/** The address of a page is shown: on paper the words of a link lead nowhere. */
function oneStep({ command, text, page, file }: Line['next'][number], words: Words): readonly Markup[] {
  const address = webAddress(page)
  const parts = [
    ...(command === undefined ? [] : [html`<code>${command}</code>`]),
    ...(text === undefined ? [] : [file === undefined ? stored(text, words) : given(text)]),
    ...(address === undefined ? [] : [html`<a href="${address}" rel="noreferrer">${address}</a>`]),
    ...(file === undefined ? [] : [html`<a href="${localAddress(file)}">${given(file)}</a>`]),
  ]
  return parts.map((part, at) => (at === 0 ? part : html` ${part}`))
}

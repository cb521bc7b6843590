import { checkCommands } from '../../archive/check-commands.ts'
import { reportData } from '../../archive/report-files.ts'
import type { Words } from '../../language/words.ts'
import { given, html, type Markup, webAddress } from '../markup.ts'
import type { Report } from '../report-schema.ts'

/** What such accounts may hold and nobody asked for: without it, "complete" would mislead. */
export function neverSection({ neverAskedFor }: Report, words: Words): Markup | undefined {
  if (neverAskedFor.length === 0) return undefined
  const accounts = [...Map.groupBy(neverAskedFor, ({ account }) => account)]
  return html`<section aria-labelledby="never"><h2 id="never">${words.report.headings.never}</h2>
<p class="soft">${words.report.neverLead}</p>
${accounts.map(
  ([account, list]) => html`<div class="card long"><h3>${list[0]!.provider} <span class="soft">${given(account)}</span></h3>
<dl class="where">${list.map(
    ({
      what,
      howByHand,
      page,
      seen,
    }) => html`<dt><strong>${what}</strong></dt><dd>${howByHand} ${pageLink(page, words)}${seen === undefined ? undefined : html` <span class="soft">${seen}</span>`}</dd>
`,
  )}</dl></div>
`,
)}</section>
`
}

function pageLink(page: string, words: Words): Markup | undefined {
  const address = webAddress(page)
  // On paper the words of a link lead nowhere: the address itself is shown.
  return address === undefined
    ? undefined
    : html`(${words.report.howToPage}: <a href="${address}" rel="noreferrer">${address}</a>)`
}

/** What the archive holds, and how anybody can check it. */
export function checkSection(report: Report, words: Words): Markup {
  const { checkWhere, systems } = words.report
  const place = (path: string, meaning: string) => html`<dt><a href="${path}"><code>${path}</code></a></dt><dd>${meaning}</dd>
`
  return html`<section aria-labelledby="check"><h2 id="check">${words.report.headings.check}</h2>
<div class="card long"><p>${words.report.checkLead(report.files, report.total.bytes)}</p>
<dl class="where">${place('data/', checkWhere.data)}${place('metadata/', checkWhere.metadata)}${place('manifest-sha256.txt', checkWhere.manifests)}${place('README.html', checkWhere.readme)}${place(reportData, checkWhere.json)}</dl>
<p>${words.report.checkHow}</p>
${(['linux', 'mac', 'windows'] as const).map(
  (system) => html`<p><strong>${systems[system]}</strong></p>
<pre>${checkCommands[system].split('\n').map((line, at) => html`${at > 0 ? newLine : undefined}${line}`)}</pre>
`,
)}
<p class="soft">${words.report.checkAfter}</p>
<p>${verified(report, words)}</p></div>
</section>
`
}

function verified({ lastVerify: last }: Report, words: Words): Markup | string {
  if (last === undefined) return words.report.neverVerified
  const { files, damaged, read, sources, ended } = last
  const of = sources === null ? undefined : html` (${sources.map((source, at) => html`${at > 0 ? ', ' : ''}${given(source)}`)})`
  return html`${words.report.lastVerified({ iso: ended, files, damaged, read })}${of}`
}

const newLine: Markup = html`
`

/** Who made this, out of what, and when. */
export function timesSection({ runs, accounts }: Report, words: Words): Markup {
  const { columns } = words.report
  return html`<section aria-labelledby="times"><h2 id="times">${words.report.headings.times}</h2>
${
  accounts.length === 0
    ? undefined
    : html`<div class="card long"><table><thead><tr><th scope="col">${columns.account}</th><th scope="col">${columns.who}</th></tr></thead>
<tbody>${accounts.map(
        ({
          account,
          provider,
          identity,
        }) => html`<tr><th scope="row">${given(account)}${provider === undefined ? undefined : html` <span class="soft">${provider}</span>`}</th><td>${identity === undefined ? '–' : given(identity)}</td></tr>
`,
      )}</tbody></table></div>
`
}${
  runs.length === 0
    ? undefined
    : html`<div class="card long"><table><thead><tr><th scope="col">${columns.command}</th><th scope="col">${columns.began}</th><th scope="col">${columns.ended}</th><th scope="col">${columns.status}</th></tr></thead>
<tbody>${runs.map(
        ({
          command,
          started,
          ended,
          status,
        }) => html`<tr><th scope="row">${command}</th><td>${words.format.time(started)}</td><td>${ended === undefined ? '–' : words.format.time(ended)}</td><td>${status === undefined ? words.report.cutOff : words.report.statuses(status)}</td></tr>
`,
      )}</tbody></table></div>
`
}</section>
`
}

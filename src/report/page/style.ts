/**
 * The page's only style. Colours are variables: light, dark where the person prefers it, and light again on paper. Contrasts of text are 4.5:1 or more
 * on the surface they stand on (https://www.w3.org/TR/WCAG22/#contrast-minimum).
 */
export const style = `
:root {
  color-scheme: light;
  --page: #f5f6f8; --surface: #ffffff; --text: #1a1c20; --soft: #565c67; --line: #d9dce2; --link: #0b57c2;
  --good: #17663a; --fair: #7a5200; --bad: #a8201a; --unsure: #565c67; --on-verdict: #ffffff; --bar: #2f6fca; --bar-files: #7a57b3; --track: #e6e9ee;
  --saved: #2c8a55; --unchanged: #7dbf99; --unexportable: #b87a12; --excluded: #9aa1ac; --gone: #8a63b8; --pending: #3f83d8; --failed: #d0372f;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --page: #111317; --surface: #1b1e24; --text: #e9ebef; --soft: #a8afbb; --line: #353a44; --link: #8ab8ff;
    --good: #1d6e41; --fair: #80590c; --bad: #a92e27; --unsure: #565c67; --bar: #6aa2f0; --bar-files: #b193e3; --track: #2b3039;
    --saved: #46b377; --unchanged: #2f7a52; --unexportable: #dba23c; --excluded: #7c8491; --gone: #a883d6; --pending: #5d9bea; --failed: #ef6a61;
  }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif; overflow-wrap: anywhere }
:lang(ja) { font-family: 'Hiragino Sans', 'Yu Gothic UI', 'Yu Gothic', 'Noto Sans CJK JP', 'Noto Sans JP', sans-serif; line-break: strict }
:lang(en) { font-family: system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif }
body:lang(ja) { line-height: 1.7 }
h1, h2, h3, dt, th, .verdict { word-break: auto-phrase }
main, header > div, footer { max-width: 60rem; margin: 0 auto; padding: 0 1rem }
header { color: var(--on-verdict); padding: 2rem 0 }
header.complete { background: var(--good) }
header.complete-but { background: var(--fair) }
header.not-complete { background: var(--bad) }
header p { margin: 0.4rem 0 0; max-width: 46rem }
h1 { font-size: clamp(1.5rem, 5vw, 2.3rem); line-height: 1.2; margin: 0; display: flex; gap: 0.8rem; align-items: flex-start }
h1 svg { flex: none; width: 1.2em; height: 1.2em }
h2 { font-size: 1.3rem; margin: 2.5rem 0 0.6rem; line-height: 1.3 }
h3 { font-size: 1.05rem; margin: 0; line-height: 1.35 }
p { margin: 0.5rem 0 }
a { color: var(--link) }
.soft { color: var(--soft) }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: 0.75rem; margin: 1.2rem 0 0; padding: 0 }
.figures > div, .card { background: var(--surface); border: 1px solid var(--line); border-radius: 0.6rem; padding: 0.8rem 1rem }
.figures dt { color: var(--soft); font-size: 0.9rem }
.figures dd { margin: 0; font-size: 1.45rem; font-weight: 600; line-height: 1.3 }
.card { margin: 0.9rem 0; padding: 1rem 1.1rem }
.card > .top { display: flex; flex-wrap: wrap; gap: 0.3rem 0.8rem; align-items: baseline; justify-content: space-between }
.verdict { border-radius: 1rem; padding: 0.05rem 0.7rem; font-size: 0.85rem; font-weight: 600; color: var(--on-verdict); white-space: nowrap }
.verdict.complete { background: var(--good) }
.verdict.complete-but { background: var(--fair) }
.verdict.not-complete { background: var(--bad) }
.verdict.done { background: var(--good) }
.verdict.look { background: var(--fair) }
.verdict.to-do { background: var(--bad) }
.verdict.unknown { background: var(--unsure) }
.things { list-style: none; margin: 0; padding: 0 }
.things > li { padding: 0.6rem 0; border-bottom: 1px solid var(--line) }
.things > li:last-child { border-bottom: 0; padding-bottom: 0 }
.things p { margin: 0.15rem 0 }
.warning { border-left: 0.3rem solid var(--failed); padding-left: 0.8rem; margin: 0.7rem 0 }
.warning p { margin: 0.2rem 0 }
.states { display: grid; grid-template-columns: repeat(auto-fill, minmax(7.2rem, 1fr)); gap: 0.4rem 0.7rem; margin: 0.7rem 0 0.3rem }
.states dt { color: var(--soft); font-size: 0.85rem; display: flex; gap: 0.4rem; align-items: center }
.states dt svg { flex: none; width: 0.7rem; height: 0.7rem }
.states dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums }
.states .none dd { color: var(--soft); font-weight: 400 }
svg.stack { display: block; width: 100%; height: 0.8rem; margin: 0.8rem 0 0.2rem; border-radius: 0.25rem }
svg.bar { display: block; width: 100%; height: 0.85rem; border-radius: 0.15rem }
.track { fill: var(--track) } .fill { fill: var(--bar) } .files .fill { fill: var(--bar-files) }
.saved { fill: var(--saved) } .unchanged { fill: var(--unchanged) } .unexportable { fill: var(--unexportable) } .excluded { fill: var(--excluded) }
.gone { fill: var(--gone) } .pending { fill: var(--pending) } .failed { fill: var(--failed) }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
caption { text-align: left; font-weight: 600; padding: 0.2rem 0 0.4rem }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.9rem 0.3rem 0; border-bottom: 1px solid var(--line) }
tr:last-child > * { border-bottom: 0 }
th { font-weight: 600 } thead th { color: var(--soft); font-size: 0.85rem; font-weight: 500 }
tbody th { font-weight: 400 }
.n { text-align: right; white-space: nowrap }
td.chart { width: 27%; vertical-align: middle; padding-right: 0.9rem }
ul, ol { margin: 0.3rem 0 0.5rem; padding-left: 1.3rem }
ul.names { font-size: 0.92rem }
code, pre, code:lang(ja), pre:lang(ja), code:lang(en), pre:lang(en) { font-family: ui-monospace, 'Cascadia Mono', Consolas, 'Liberation Mono', monospace; font-size: 0.88em }
pre { background: var(--page); border: 1px solid var(--line); border-radius: 0.4rem; padding: 0.6rem 0.8rem; white-space: pre-wrap; margin: 0.3rem 0 0.8rem }
.reason { margin: 0.9rem 0 0 } .reason p { margin: 0.15rem 0 }
.where { margin: 0.4rem 0 } .where dt { margin-top: 0.4rem } .where dd { margin: 0 }
footer { padding: 1.5rem 1rem 3rem; color: var(--soft); font-size: 0.9rem }
@media (max-width: 34rem) {
  header { padding: 1.4rem 0 }
  td.chart { display: none }
  th, td { padding-right: 0.6rem }
  .card { padding: 0.9rem }
}
@media print {
  @page { margin: 16mm }
  body { background: #fff; font-size: 10pt }
  :lang(ja) { font-family: 'Hiragino Sans', 'Yu Gothic UI', 'Yu Gothic', 'Noto Sans CJK JP', 'Noto Sans JP', sans-serif; line-break: strict }
:lang(en) { font-family: system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif }
body:lang(ja) { line-height: 1.7 }
h1, h2, h3, dt, th, .verdict { word-break: auto-phrase }
main, header > div, footer { max-width: none; padding: 0 1px }
  header { color: var(--text); background: none !important; border: 2pt solid var(--text); border-radius: 4pt; padding: 10pt 12pt }
  .verdict { color: var(--text); background: none !important; border: 1pt solid var(--text) }
  .card, .reason, .things > li, tr, .figures > div { break-inside: avoid }
  .card.long { break-inside: auto }
  h2, h3, h2 + p, .where dt, caption, thead { break-after: avoid }
  .where dd { break-inside: avoid }
  pre { background: none }
  a { color: inherit }
  .track { fill: #e6e9ee }
}
`

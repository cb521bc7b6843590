import { type State, states, type Tally } from '../../core/state.ts'
import { html, type Markup } from '../markup.ts'

/** Thinnest visible part of a chart, of 1000. */
const hair = 4

/** A bar of a table: `value` of `most`. The row beside it says the numbers, so that nobody needs the picture. */
export function bar(value: number, most: number): Markup {
  const width = most <= 0 || value <= 0 ? 0 : Math.max(hair, Math.round((value / most) * 1000))
  return html`<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="1000" height="10"/><rect class="fill" width="${width}" height="10"/></svg>`
}

/** The seven states of a source as one bar; a state with a single item in a million is still seen. */
export function stateBar(tally: Tally): Markup {
  const there = states.filter((state) => tally[state] > 0)
  const wanted = there.map((state) => Math.max(hair, (tally[state] / tally.items) * 1000))
  const scale = 1000 / wanted.reduce((sum, one) => sum + one, 0)
  let x = 0
  const parts = there.map((state, at) => {
    const width = wanted[at]! * scale
    const part = html`<rect class="${state}" x="${x.toFixed(1)}" width="${width.toFixed(1)}" height="10"/>`
    x += width
    return part
  })
  return html`<svg class="stack" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="1000" height="10"/>${parts}</svg>`
}

/** The colour of a state, for a legend. */
export function swatch(state: State): Markup {
  return html`<svg viewBox="0 0 10 10" aria-hidden="true"><rect class="${state}" width="10" height="10" rx="2"/></svg>`
}

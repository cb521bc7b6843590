import { expect, test } from 'vitest'
import { states } from '../../src/core/state.ts'
import { style } from '../../src/report/page/style.ts'

/** Relative luminance and contrast: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

const blocks = [...style.matchAll(/:root \{([^}]*)\}/g)].map(([, block = '']) =>
  Object.fromEntries([...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6})/g)].map(([, name = '', color = '']) => [name, color])),
)
const [light = {}, dark = {}] = blocks
const schemes: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['light', light],
  ['dark', { ...light, ...dark }],
]

test('there are two schemes', () => {
  expect(blocks).toHaveLength(2)
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
})

test.each(schemes)('text can be read: %s', (_, colors) => {
  const pairs = [
    ...['text', 'soft', 'link'].flatMap((front) => ['page', 'surface'].map((back) => [front, back] as const)),
    ...['good', 'fair', 'bad'].map((back) => ['on-verdict', back] as const),
  ]
  const weak = pairs.filter(([front, back]) => contrast(colors[front]!, colors[back]!) < 4.5)
  expect(weak).toEqual([])
})

/** 3:1: https://www.w3.org/TR/WCAG22/#non-text-contrast. What was saved before is the calm part of a bar; its number stands beside it. */
test.each(schemes)('what matters in a bar can be seen: %s', (_, colors) => {
  const wanted = [...states.filter((state) => state !== 'unchanged' && state !== 'excluded'), 'bar', 'bar-files']
  const weak = wanted.filter((name) => contrast(colors[name]!, colors[name.startsWith('bar') ? 'track' : 'surface']!) < 3)
  expect(weak).toEqual([])
})

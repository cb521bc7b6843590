import { expect, test } from 'vitest'
import { checklistText, type ShownLine } from '../../src/display/checklist.ts'
import { widthOf } from '../../src/display/width.ts'
import { wrap } from '../../src/display/wrap.ts'
import { wordsOf } from '../../src/language/words.ts'

const line: ShownLine = {
  section: 'mail',
  about: 'mail-forwarding',
  account: 'post',
  state: 'to-do',
  what: { en: 'Forwarding of mail', ja: 'メールの転送' },
  why: {
    en: 'It is off: what arrives after you have left reaches nobody.',
    ja: 'オフです。退職・卒業後に届くメールは誰にも届きません。「設定」から変更してください。',
  },
  next: [
    { command: 'holdall backup' },
    { text: { en: 'by hand', ja: '手作業で' }, page: 'https://example.org/a/very/long/address/that/is/kept/whole' },
  ],
}

test.each(['en', 'ja'] as const)('a table of 60 columns (%s): no line is wider, but for an address', (language) => {
  const text = checklistText([line, { ...line, section: 'backups', state: 'done', account: 'x' }], wordsOf(language), 60)
  const lines = text.split('\n')
  const wide = lines.filter((one) => widthOf(one) > 60)
  expect(wide.filter((one) => !one.includes('https://'))).toEqual([])
  // The cells stand below each other, and sections in their order.
  expect(lines.filter((one) => one.includes('> ')).map((one) => widthOf(one.slice(0, one.indexOf('> '))))).toEqual(
    Array(4).fill(language === 'en' ? 14 : 10),
  )
  const { sections } = wordsOf(language).leave
  expect(text.indexOf(sections.backups)).toBeLessThan(text.indexOf(sections.mail))
})

test('English, as it stands', () => {
  expect(checklistText([line], wordsOf('en'), 60)).toBe(`
Mail
  TO DO       post: Forwarding of mail
              It is off: what arrives after you have left
              reaches nobody.
              > holdall backup
              > by hand:
                https://example.org/a/very/long/address/that/is/kept/whole
`)
})

test('a name from elsewhere moves no cursor and starts no line', () => {
  const evil = { ...line, what: { en: 'x\u001b[2Jy\nTO DO', ja: 'x' } }
  const text = checklistText([evil], wordsOf('en'), 60)
  expect(text).not.toContain('\u001b')
  expect(text).toContain('x[2Jy TO DO')
})

test('without a terminal nothing is broken, and a long section refers to the report', () => {
  const text = checklistText(
    Array.from({ length: 35 }, () => line),
    wordsOf('en'),
  )
  expect(text.match(/reaches nobody/g)).toHaveLength(30)
  expect(text).toContain('… and 5 more, which the report lists.')
  expect(text).toContain('It is off: what arrives after you have left reaches nobody.\n')
})

test('lines break between words, in Japanese between characters, never before what closes', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
  expect(wrap('', 7)).toEqual([''])
  expect(wrap('あいうえお。かき', 10)).toEqual(['あいうえ', 'お。かき'])
  expect(wrap('あいうえ「お」かき', 10)).toEqual(['あいうえ', '「お」かき'])
  expect(wrap('https://example.org/abc', 5)).toEqual(['https://example.org/abc'])
})

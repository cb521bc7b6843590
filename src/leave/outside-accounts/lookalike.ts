import { domainToUnicode } from 'node:url'
import { labelOf } from './organisation.ts'

/** Characters that look like a Latin one, those that frauds use (a small part of https://www.unicode.org/Public/security/latest/confusables.txt). */
const confusable: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    a: 'аαɑạȧáàâäãå',
    b: 'ьƅ',
    c: 'сϲçć',
    d: 'ԁɗ',
    e: 'еєéèêëẹ',
    g: 'ɡġ',
    h: 'һ',
    i: 'іıíìîïɩ',
    j: 'ј',
    k: 'κк',
    l: 'ӏḷł',
    m: 'м',
    n: 'ոńñ',
    o: 'оοσօóòôöõọ0',
    p: 'рρ',
    q: 'ԛ',
    r: 'г',
    s: 'ѕś',
    t: 'тţ',
    u: 'υսúùûü',
    v: 'νѵ',
    w: 'ԝѡ',
    x: 'хχ',
    y: 'уүýỵ',
    z: 'ᴢźż',
  }).flatMap(([letter, others]) => [...others].map((other) => [other, letter])),
)

/** A host or a name as the eye takes it: look-alike letters become Latin ones. */
export function skeleton(text: string): string {
  const shown = text.includes('xn--') ? domainToUnicode(text) || text : text
  return [...shown.normalize('NFKC').toLowerCase()].map((character) => confusable[character] ?? character).join('')
}

/** With the digits and pairs of letters that stand for others. */
const forms = (label: string): string[] => {
  const plain = skeleton(label)
  return [
    plain,
    plain.replace(/1/g, 'l'),
    plain.replace(/1/g, 'i'),
    plain.replace(/rn/g, 'm'),
    plain.replace(/vv/g, 'w'),
    plain.replace(/3/g, 'e').replace(/5/g, 's').replace(/4/g, 'a'),
  ]
}

/**
 * Whether a host that is none of `name`'s is made to look like one: the same to the eye (`arnazon.com`), a letter off, the name among the words of its label
 * (`amazon-login.top`), or as a whole domain in front of the real one (`amazon.co.jp.example.top`).
 */
export function imitates(host: string, organisation: string, name: string): boolean {
  const label = labelOf(organisation)
  if (label === name)
    return /\.(?!com$|jp$)[a-z]{2,}$/.test(organisation) && !/\.(?:co|or|ne|ac|go)\.\w\w$/.test(organisation) && name.length > 4
  const looks = forms(label)
  if (looks.some((form) => form === name)) return true
  const words = looks.flatMap((form) => form.split('-'))
  if (words.length > looks.length && words.includes(name) && !/\.(?:co|or|ne|go|ac|lg)\.jp$/.test(organisation)) return true
  if (
    name.includes('-') &&
    looks.some((form) => form.startsWith(`${name}-`) || form.endsWith(`-${name}`) || form === name.replaceAll('-', ''))
  )
    return true
  const front = host.slice(0, Math.max(0, host.length - organisation.length - 1))
  if (new RegExp(`(?:^|[.-])${name}\\.(?:com|co|ne|jp|us|net|org)(?:[.-]|$)`).test(`${forms(front).join(' ')}`)) return true
  return name.length >= 6 && label.length >= 6 && isOneOff(skeleton(label), name)
}

/** One letter added, left out, changed, or two exchanged. */
function isOneOff(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  const [a, b] = [one.slice(at), other.slice(at)]
  return (
    a.slice(1) === b ||
    a === b.slice(1) ||
    a.slice(1) === b.slice(1) ||
    (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
  )
}

import { uri } from '../records/content-line.ts'

/** Types of vCard for a type of Google. */
export type TypeNames = Readonly<Record<string, readonly string[]>>

/** https://developers.google.com/people/api/rest/v1/people#phonenumber against RFC 6350 5.6 and 6.4.1 */
const ordinary: TypeNames = {
  home: ['home'],
  work: ['work'],
  mobile: ['cell'],
  homeFax: ['home', 'fax'],
  workFax: ['work', 'fax'],
  otherFax: ['fax'],
  pager: ['pager'],
  workMobile: ['work', 'cell'],
  workPager: ['work', 'pager'],
}

/** https://developers.google.com/people/api/rest/v1/people#relation against RFC 6350 6.6.6 */
export const relationType: TypeNames = {
  spouse: ['spouse'],
  child: ['child'],
  mother: ['parent'],
  father: ['parent'],
  parent: ['parent'],
  brother: ['sibling'],
  sister: ['sibling'],
  friend: ['friend'],
  relative: ['kin'],
}

/** `label`: words for a type that vCard has none for. */
export function typesOf(
  { type, formattedType }: { readonly type?: string | undefined; readonly formattedType?: string | undefined },
  names: TypeNames = ordinary,
): { readonly types: readonly string[]; readonly label?: string } {
  if (type === undefined || type === '') return { types: [] }
  const types = Object.hasOwn(names, type) ? names[type] : undefined
  // A word of the person's own may be mother, where the types know parent alone.
  return types !== undefined && (names !== relationType || types[0] === type)
    ? { types }
    : { types: types ?? [], label: formattedType || type }
}

const schemes: Readonly<Record<string, string>> = {
  aim: 'aim',
  msn: 'msnim',
  yahoo: 'ymsgr',
  skype: 'skype',
  googleTalk: 'xmpp',
  jabber: 'xmpp',
  icq: 'icq',
  sip: 'sip',
}

/** An address of a chat program as a URI, which IMPP holds (RFC 6350 6.4.3). */
export function imAddress(protocol: string | undefined, user: string | undefined): string | undefined {
  if (user === undefined || user.trim() === '') return undefined
  if (/^(sips?|xmpp|skype):/i.test(user)) return uri(user)
  const known = Object.hasOwn(schemes, protocol ?? '') ? schemes[protocol!] : undefined
  const scheme = known ?? `x-${(protocol ?? 'im').toLowerCase().replace(/[^a-z0-9+.-]/g, '') || 'im'}`
  return `${scheme}:${encodeURIComponent(user.toWellFormed().trim()).replaceAll('%40', '@')}`
}

import ICAL from 'ical.js'
import { clean, contentLine, type Design, type Property, uri, utcTime } from '../records/content-line.ts'
import { fullName, updatedAt } from './item.ts'
import { ownValues } from './own-values.ts'
import { type Picture, photoLine } from './photo.ts'
import type { Person, PersonDate } from './schema.ts'
import { imAddress, relationType, type TypeNames, typesOf } from './vcard-types.ts'

/**
 * The library's vCard 4 set, put right where it is not strict: it escapes commas in URIs (RFC 6350 3.4 does so in text alone), takes TEL for
 * a URI (6.4.1: text) and UID for text (6.7.6: a URI).
 */
const { vcard } = ICAL.design
const design: Design = {
  ...vcard,
  value: { ...vcard.value, uri: {} },
  property: { ...vcard.property, tel: { defaultType: 'text' }, uid: { defaultType: 'uri' } },
}

export interface CardOptions {
  /** The contact's lasting id, which becomes the card's UID. */
  readonly id: string
  /** Names of groups by resource name. */
  readonly groups: ReadonlyMap<string, string>
  /** Path of the photo's file, relative to the collection. */
  readonly photo?: string
  readonly picture?: Picture
  /** It is no longer there at Google. */
  readonly gone?: boolean
}

/** What marks a contact that was deleted at Google, for those who look at groups; programs that do not are told by X-HOLDALL-GONE. */
export const goneCategory = 'Deleted at Google'

/** A contact as a vCard 4.0 (RFC 6350), in pieces. */
export function* writeCard(of: Person, { id, groups, photo, picture, gone = false }: CardOptions): Generator<string> {
  const lines: string[] = []
  const add = (name: string, value: string | readonly (string | readonly string[])[] | undefined, more: More = {}) => {
    if (value === undefined || value.length === 0 || (typeof value === 'string' && clean(value).trim() === '')) return
    lines.push(contentLine([name, more.parameters ?? {}, more.type ?? 'text', value], design))
  }
  let labels = 0
  /** With its type as TYPE where vCard knows it, else as a label of its own, in the way that Apple began and most programs read. */
  const addTyped = (
    name: string,
    value: string | readonly (string | readonly string[])[] | undefined,
    typed: Typed,
    more: More & { names?: TypeNames } = {},
  ) => {
    if (value === undefined || value.length === 0) return
    const { types, label } = typesOf(typed, more.names)
    const group = label === undefined ? undefined : `item${++labels}`
    const parameters = {
      ...(group !== undefined && { group }),
      ...(types.length > 0 && { type: types }),
      ...(typed.metadata.primary === true && { pref: '1' }),
      ...more.parameters,
    }
    add(name, value, { ...more, parameters })
    if (group !== undefined) add('x-ablabel', label, { parameters: { group } })
  }

  add('version', '4.0')
  add('prodid', '-//Holdall//Google Contacts//EN')
  add('uid', id)
  add('fn', fullName(of))
  addNames(of, add)
  const nicknames = ownValues(of.nicknames).flatMap(({ value }) => (value === undefined || value === '' ? [] : [value]))
  if (nicknames.length > 0) lines.push(contentLine(['nickname', {}, 'text', ...nicknames], design))
  for (const email of ownValues(of.emailAddresses)) addTyped('email', email.value, email)
  for (const phone of ownValues(of.phoneNumbers)) {
    const dialled = /^\+\d+$/.test(phone.canonicalForm ?? '') ? `tel:${phone.canonicalForm}` : undefined
    addTyped('tel', dialled ?? phone.value, phone, { type: dialled === undefined ? 'text' : 'uri' })
  }
  for (const address of ownValues(of.addresses)) {
    const { poBox, extendedAddress, streetAddress, city, region, postalCode, country, formattedValue } = address
    const parts = [poBox, extendedAddress, streetAddress, city, region, postalCode, country].map((part) => part ?? '')
    const empty = parts.every((part) => part === '')
    if (empty && formattedValue === undefined) continue
    // An address without parts stands whole where the street does.
    addTyped('adr', empty ? ['', '', formattedValue!, '', '', '', ''] : parts, address, {
      parameters: formattedValue === undefined ? {} : { label: formattedValue },
    })
  }
  for (const { name, department, title, jobDescription } of ownValues(of.organizations)) {
    if (name || department) add('org', department ? [name ?? '', department] : [name ?? ''])
    add('title', title)
    add('role', jobDescription)
  }
  const [birthday] = ownValues(of.birthdays)
  const born = vcardDate(birthday?.date)
  if (born !== undefined) add('bday', born, { type: 'date-and-or-time' })
  else add('bday', birthday?.text)
  let anniversaries = 0
  for (const event of ownValues(of.events)) {
    const date = vcardDate(event.date)
    // At most one: RFC 6350 6.2.6.
    if (event.type === 'anniversary' && date !== undefined && anniversaries++ === 0)
      add('anniversary', date, { type: 'date-and-or-time' })
    else addTyped('x-abdate', date, event, { names: {} })
  }
  for (const { value } of ownValues(of.biographies)) add('note', value)
  for (const url of ownValues(of.urls)) addTyped('url', url.value && uri(url.value), url, { type: 'uri' })
  for (const url of ownValues(of.calendarUrls)) addTyped('caluri', url.url && uri(url.url), url, { type: 'uri' })
  for (const im of ownValues(of.imClients)) addTyped('impp', imAddress(im.protocol, im.username), im, { type: 'uri' })
  for (const sip of ownValues(of.sipAddresses)) addTyped('impp', sip.value && imAddress('sip', sip.value), sip, { type: 'uri' })
  for (const relation of ownValues(of.relations)) addTyped('related', relation.person, relation, { names: relationType })
  addGender(of, add)
  for (const { value } of ownValues(of.locales))
    if (/^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i.test(value ?? '')) add('lang', value, { type: 'language-tag' })
  for (const { value } of ownValues(of.interests)) add('interest', value)
  for (const { value } of ownValues(of.skills)) add('expertise', value)
  for (const { value } of ownValues(of.occupations)) add('x-occupation', value)
  for (const { value, type } of ownValues(of.externalIds))
    add('x-external-id', value, { parameters: type === undefined || type === '' ? {} : { 'x-kind': type } })
  for (const { key, value } of ownValues(of.userDefined)) add('x-user-defined', value, { parameters: { 'x-key': key ?? '' } })
  addCategories(of, { id, groups, gone }, lines)
  add('x-photo-file', photo)
  if (gone) add('x-holdall-gone', 'TRUE')
  const updated = updatedAt(of)
  const revision = updated === undefined ? undefined : utcTime(new Date(updated).toISOString())
  add('rev', revision, { type: 'timestamp' })
  yield `BEGIN:VCARD\r\n${lines.join('')}`
  if (picture !== undefined) yield* photoLine(picture)
  yield 'END:VCARD\r\n'
}

interface More {
  readonly type?: string
  readonly parameters?: Property[1]
}
type Add = (name: string, value: string | readonly (string | readonly string[])[] | undefined, more?: More) => void
type Typed = Parameters<typeof typesOf>[0] & { readonly metadata: { readonly primary?: boolean | undefined } }

function addNames(of: Person, add: Add): void {
  const [name] = ownValues(of.names)
  if (name === undefined) return
  const { familyName, givenName, middleName, honorificPrefix, honorificSuffix } = name
  const parts = [familyName, givenName, middleName, honorificPrefix, honorificSuffix].map((part) => part ?? '')
  const { phoneticFamilyName, phoneticGivenName, phoneticMiddleName } = name
  if (parts.some((part) => part !== '')) {
    const sortAs = [phoneticFamilyName ?? '', phoneticGivenName ?? '']
    add('n', parts, sortAs.every((part) => part === '') ? {} : { parameters: { 'sort-as': sortAs.join(',') } })
  }
  add('x-phonetic-last-name', phoneticFamilyName)
  add('x-phonetic-first-name', phoneticGivenName)
  add('x-phonetic-middle-name', phoneticMiddleName)
}

/** RFC 6350 6.2.7: a letter, and words where no letter says it. */
function addGender(of: Person, add: Add): void {
  const value = ownValues(of.genders)[0]?.value
  if (value === undefined || value === '') return
  const letter = { male: 'M', female: 'F', unspecified: 'U' }[value]
  add('gender', letter === undefined ? ['O', value] : [letter])
}

function addCategories(of: Person, { id, groups, gone }: CardOptions, lines: string[]): void {
  const names = of.memberships.flatMap(({ contactGroupMembership }) => {
    const group = contactGroupMembership?.contactGroupResourceName
    return group === undefined ? [] : [groups.get(group) ?? group]
  })
  if (id.startsWith('otherContacts/')) names.push('Other contacts')
  if (gone === true) names.push(goneCategory)
  if (names.length > 0) lines.push(contentLine(['categories', {}, 'text', ...new Set(names)], design))
}

/** In the library's form, which has dashes; undefined for what no calendar has. */
function vcardDate(date: PersonDate): string | undefined {
  if (date === undefined) return undefined
  const digits = (value: number, length: number) => String(value).padStart(length, '0')
  const { year, month, day } = { year: date.year || undefined, month: date.month || undefined, day: date.day || undefined }
  if (![year, month, day].every((part) => part === undefined || (Number.isInteger(part) && part > 0))) return undefined
  if ((year ?? 1) > 9999 || (month ?? 1) > 12) return undefined
  if (day !== undefined && day > new Date(Date.UTC(year ?? 2000, month ?? 1, 0)).getUTCDate()) return undefined
  if (month === undefined) return day !== undefined ? undefined : year === undefined ? undefined : digits(year, 4)
  if (year === undefined) return `--${digits(month, 2)}${day === undefined ? '' : `-${digits(day, 2)}`}`
  return day === undefined ? `${digits(year, 4)}-${digits(month, 2)}` : `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`
}

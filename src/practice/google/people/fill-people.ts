import { myContacts, type PeopleModel, type PersonFields, starred } from './people-model.ts'

/** Resource names of what tests come back to. */
export interface PracticePeople {
  readonly kenji: string
  readonly nameless: string
  readonly manyAddresses: string
  readonly withPhoto: string
  readonly linked: string
  readonly group: string
  readonly twinGroups: readonly string[]
}

/** Fixed, so that practising can be repeated with one archive. */
const updated = Date.parse('2024-04-01T12:34:56.789Z')

/** Names in several scripts, and what addresses and notes may hold. */
const plain: readonly PersonFields[] = [
  {
    names: [{ givenName: 'Ольга', familyName: 'Иванова', middleName: 'Петровна' }],
    emailAddresses: [{ value: 'olga@example.org' }],
  },
  { names: [{ givenName: 'محمد', familyName: 'العربي' }], phoneNumbers: [{ value: '٠١٢٣ ٤٥٦', type: 'mobile' }] },
  { names: [{ givenName: 'Ελένη', familyName: 'Παπαδοπούλου' }], emailAddresses: [{ value: 'eleni@example.gr', type: 'work' }] },
  { names: [{ givenName: 'अमित', familyName: 'शर्मा' }] },
  { names: [{ givenName: 'José', familyName: 'Núñez'.normalize('NFD') }] },
  { names: [{ givenName: 'José', familyName: 'Núñez'.normalize('NFC') }] },
  { names: [{ givenName: '👩🏽‍💻', familyName: '𠮷野' }] },
  { names: [{ givenName: 'Seán', familyName: "O'Brien, Jr.; \\Sr." }] },
  { names: [{ givenName: 'Line\nbreak', familyName: 'Carriage\r\nreturn' }], nicknames: [{ value: 'a,b;c\\d\ne' }] },
  {
    names: [{ givenName: 'BEGIN:VCARD', familyName: 'END:VCARD' }],
    urls: [{ value: 'https://example.org/?a=1;b=2,3', type: 'homePage' }],
  },
  { names: [{ givenName: 'Null\u0000byte', familyName: 'Bell\u0007' }] },
  { names: [{ givenName: 'Right\u202eto', familyName: 'left' }] },
  { names: [{ givenName: `${'Very '.repeat(60)}long`, familyName: '長'.repeat(90) }] },
  { names: [{ displayName: 'Madonna', unstructuredName: 'Madonna', givenName: 'Madonna' }] },
  { names: [{ givenName: ' ', familyName: '' }] },
]

const kenji: PersonFields = {
  names: [
    {
      givenName: '健二',
      familyName: '森',
      phoneticGivenName: 'けんじ',
      phoneticFamilyName: 'もり',
      honorificPrefix: 'Dr.',
      honorificSuffix: 'PhD',
      displayName: '森 健二',
      displayNameLastFirst: '森 健二',
      unstructuredName: '森 健二',
    },
  ],
  nicknames: [{ value: 'Ken' }],
  emailAddresses: [
    { value: 'kenji@example.ac.jp', type: 'work', formattedType: 'Work' },
    { value: 'ken@example.net', type: '個人, private', formattedType: '個人, private', displayName: 'Ken "the lamp" Mori' },
  ],
  phoneNumbers: [
    { value: '03-1234-5678 内線 9', type: 'work', formattedType: 'Work' },
    { value: '090 1234 5678', canonicalForm: '+819012345678', type: 'mobile', formattedType: 'Mobile' },
  ],
  addresses: [
    {
      type: 'home',
      formattedType: 'Home',
      formattedValue: '〒113-0033 東京都文京区本郷7-3-1\nリーディング荘 201; 2F\nJP',
      streetAddress: '本郷7-3-1\nリーディング荘 201; 2F',
      city: '文京区',
      region: '東京都',
      postalCode: '113-0033',
      country: 'Japan',
      countryCode: 'JP',
    },
    { type: 'other', formattedValue: 'Somewhere, over; the \\ rainbow', poBox: '12', extendedAddress: 'c/o Mori' },
  ],
  organizations: [
    {
      name: 'Example University, Faculty of Letters',
      title: 'Lecturer; part-time',
      department: '文学部',
      current: true,
      type: 'work',
    },
    { name: 'Former Ltd.', startDate: { year: 2010, month: 4, day: 1 }, endDate: { year: 2015, month: 3, day: 31 } },
  ],
  birthdays: [{ date: { year: 1985, month: 2, day: 28 }, text: '1985-02-28' }],
  events: [
    { date: { year: 2012, month: 11, day: 22 }, type: 'anniversary', formattedType: 'Anniversary' },
    { date: { month: 7, day: 7 }, type: '七夕', formattedType: '七夕' },
  ],
  biographies: [
    { value: 'Met at the choir.\n\nLikes: tea, lamps; dislikes: \\backslashes\\\r\nEND:VCARD', contentType: 'TEXT_PLAIN' },
  ],
  urls: [{ value: 'https://example.ac.jp/~kenji', type: 'homePage', formattedType: 'Home Page' }],
  calendarUrls: [{ url: 'https://example.ac.jp/~kenji/free.ics', type: 'freeBusy' }],
  imClients: [{ username: 'ken:mori@example.net', protocol: 'jabber', formattedProtocol: 'Jabber', type: 'home' }],
  sipAddresses: [{ value: 'sip:kenji@example.ac.jp', type: 'work' }],
  relations: [
    { person: '森 花子', type: 'spouse', formattedType: 'Spouse' },
    { person: 'Pochi, the dog', type: 'pet', formattedType: 'pet' },
  ],
  interests: [{ value: 'lamps' }],
  skills: [{ value: 'soldering, reading' }],
  occupations: [{ value: 'Lecturer' }],
  genders: [{ value: 'male', formattedValue: 'Male' }],
  locales: [{ value: 'ja' }],
  locations: [{ value: 'Tokyo', type: 'desk', buildingId: 'B1', current: true }],
  externalIds: [{ value: '4711', type: 'customer' }],
  miscKeywords: [{ value: 'projector', type: 'OUTLOOK_KEYWORD' }],
  clientData: [{ key: 'app', value: '{"a":1}' }],
  userDefined: [
    { key: 'Locker; no.', value: '12\n13' },
    { key: 'Locker; no.', value: 'the same key again' },
  ],
}

/** Fills the contacts of a student: every kind of field, names in several scripts, odd values, groups, photos, duplicates, and addresses collected on the way. */
export function fillPracticePeople(model: PeopleModel): PracticePeople {
  const addContact: PeopleModel['addContact'] = (fields, options) => model.addContact(fields, { updated, ...options })
  const addOther: PeopleModel['addOther'] = (fields, options) => model.addOther(fields, { updated, ...options })
  const group = model.addGroup('合唱団, Choir; "alto"', updated)
  const twinGroups = [model.addGroup('Family', updated), model.addGroup('Family', updated)]
  model.addGroup('Nobody in it', updated)
  const kenjis = addContact(kenji, { groups: [myContacts, starred, group], photoSeed: 7 })
  for (const fields of plain) addContact(fields, { groups: [myContacts, group] })
  const nameless = addContact({ phoneNumbers: [{ value: '+1 (555) 010-0000', canonicalForm: '+15550100000' }] })
  addContact({ organizations: [{ name: 'Landlord, Tanaka & Co.' }] })
  addContact({ emailAddresses: [{ value: 'only-mail@example.org' }] })
  // Nothing in it at all.
  addContact({}, { groups: [] })
  const manyAddresses = addContact({
    names: [{ givenName: 'Mailing', familyName: 'List' }],
    emailAddresses: Array.from({ length: 130 }, (_, index) => ({ value: `member${index}@example.org`, type: 'other' })),
  })
  const withPhoto = addContact(
    { names: [{ givenName: 'Aoi', familyName: 'Suzuki' }], birthdays: [{ date: { month: 2, day: 29 } }] },
    { groups: [myContacts, ...twinGroups], photoSeed: 3 },
  )
  addContact({ names: [{ givenName: 'Old', familyName: 'Style' }], birthdays: [{ text: 'circa 1920, in spring' }] })
  // Two cards of one man, and one that differs from them by nothing.
  for (let copy = 1; copy <= 3; copy += 1)
    addContact({ names: [{ givenName: 'John', familyName: 'Smith' }], phoneNumbers: [{ value: copy < 3 ? '1234' : '' }] })
  const linked = addContact(
    { names: [{ givenName: 'Mori' }], emailAddresses: [{ value: 'mori@example.ac.jp' }] },
    {
      profile: {
        names: [{ givenName: 'Professor', familyName: 'Mori' }],
        emailAddresses: [{ value: 'mori.private@example.com' }],
        birthdays: [{ date: { year: 1960, month: 1, day: 1 } }],
        coverPhotos: [{ url: 'https://lh3.example.org/cover', default: true }],
      },
    },
  )
  for (let number = 1; number <= 180; number += 1) {
    addContact(
      {
        names: [{ givenName: `Student ${number}`, familyName: number % 2 === 0 ? '佐藤' : 'Tanaka' }],
        emailAddresses: [{ value: `s${number}@example.ac.jp` }],
      },
      number % 20 === 0 ? { photoSeed: 1000 + number } : {},
    )
  }
  for (let number = 1; number <= 40; number += 1) {
    addOther({ emailAddresses: [{ value: `noreply${number}@shop.example.com` }] })
  }
  addOther(
    { names: [{ displayName: 'Lost & Found, Main Library' }], emailAddresses: [{ value: 'lost@example.ac.jp' }] },
    { photoSeed: 9 },
  )
  addOther({ phoneNumbers: [{ value: '110' }] })
  return { kenji: kenjis, nameless, manyAddresses, withPhoto, linked, group, twinGroups }
}

import { randomBytes } from 'node:crypto'
import ICAL from 'ical.js'
import { describe, expect, test } from 'vitest'
import { Failure } from '../../../src/core/failure.ts'
import type { Lack } from '../../../src/core/source.ts'
import { jpeg } from '../../../src/practice/content/picture.ts'
import { composeContacts } from '../../../src/providers/google/contacts/compose.ts'
import { groupItem, personItem, photoItem } from '../../../src/providers/google/contacts/item.ts'
import { listedGroup, listedPerson } from '../../../src/providers/google/contacts/schema.ts'
import { badLines, type ReadCard, readCards, readPhotos, withParsers } from './records/python-reader.ts'
import { filesOf, type RowsOptions, rowsOf } from './records/rows.ts'

const own = { metadata: { source: { type: 'CONTACT', id: '1' } } }
const profile = { metadata: { source: { type: 'PROFILE', id: '2' } } }
const primary = { metadata: { primary: true, source: { type: 'CONTACT', id: '1' } } }
const person = (id: string, more: object) => ({
  resourceName: id,
  etag: `%${id}`,
  metadata: { sources: [{ type: 'CONTACT', id: '1', updateTime: '2024-02-03T04:05:06.789Z' }] },
  ...more,
})
const groups = [
  { resourceName: 'contactGroups/a', etag: 'g', name: 'Lab, "A"; x', formattedName: 'Lab, "A"; x' },
  { resourceName: 'contactGroups/myContacts', name: 'myContacts', formattedName: 'My Contacts' },
]

async function compose(people: readonly object[], options: RowsOptions = {}, lacks: Lack[] = []) {
  const parsed = people.map((one) => listedPerson.parse(one))
  const items = [
    ...parsed.flatMap((one) => [personItem(one), photoItem(one) ?? []].flat()),
    ...groups.map((one) => groupItem(listedGroup.parse({ ...one, memberCount: 7 }))),
  ]
  const made = await filesOf(composeContacts(rowsOf(items, options)), lacks)
  const cards = made.get('contacts.vcf')
  if (cards !== undefined) expect(badLines(Buffer.from(cards))).toEqual([])
  return made
}
const lines = async (more: object) =>
  (await compose([person('people/c1', more)])).get('contacts.vcf')!.replaceAll('\r\n ', '').split('\r\n')
const named = (card: ReadCard, name: string) => card.properties.filter((one) => one.name === name)

describe('a card', () => {
  test.each<[string, object, string[]]>([
    [
      'names',
      {
        names: [
          {
            ...own,
            displayName: 'Dr. Anna Maria Example Jr.',
            familyName: 'Example; X',
            givenName: 'Anna',
            middleName: 'Maria',
            honorificPrefix: 'Dr.',
            honorificSuffix: 'Jr.',
            phoneticFamilyName: 'エグザンプル',
            phoneticGivenName: 'アンナ',
          },
        ],
      },
      [
        'FN:Dr. Anna Maria Example Jr.',
        'N;SORT-AS="エグザンプル,アンナ":Example\\; X;Anna;Maria;Dr.;Jr.',
        'X-PHONETIC-FIRST-NAME:アンナ',
      ],
    ],
    [
      'no name but an organisation',
      { organizations: [{ ...own, name: 'ACME, Inc.', department: 'R;D', title: 'Chief' }] },
      ['FN:ACME\\, Inc.', 'ORG:ACME\\, Inc.;R\\;D', 'TITLE:Chief'],
    ],
    ['an address alone', { emailAddresses: [{ ...own, value: 'a@example.org' }] }, ['FN:a@example.org', 'EMAIL:a@example.org']],
    ['nothing', {}, ['FN:(no name)', 'UID;VALUE=TEXT:people/c1', 'REV:20240203T040506Z']],
    [
      'addresses with types',
      {
        emailAddresses: [
          { ...primary, value: 'a@b.org', type: 'work' },
          { ...own, value: 'c@d.org', type: 'Skiing', formattedType: 'Skiing' },
        ],
      },
      ['EMAIL;TYPE=work;PREF=1:a@b.org', 'ITEM1.EMAIL:c@d.org', 'ITEM1.X-ABLABEL:Skiing'],
    ],
    [
      'numbers',
      {
        phoneNumbers: [
          { ...own, value: '044 123', canonicalForm: '+4144123', type: 'mobile' },
          { ...own, value: '1234 ext. 5', type: 'workFax' },
        ],
      },
      ['TEL;TYPE=cell;VALUE=URI:tel:+4144123', 'TEL;TYPE=work,fax:1234 ext. 5'],
    ],
    [
      'places',
      {
        addresses: [
          {
            ...own,
            type: 'home',
            formattedValue: 'Street 1\nZürich',
            streetAddress: 'Street 1, left',
            city: 'Zürich',
            postalCode: '8001',
            country: 'CH',
          },
          { ...own, formattedValue: 'Somewhere' },
        ],
      },
      ['ADR;TYPE=home;LABEL=Street 1^nZürich:;;Street 1\\, left;Zürich;;8001;CH', 'ADR;LABEL=Somewhere:;;Somewhere;;;;'],
    ],
    ['a birthday', { birthdays: [{ ...own, date: { year: 1985, month: 4, day: 12 } }] }, ['BDAY:19850412']],
    ['a birthday without year', { birthdays: [{ ...own, date: { year: 0, month: 4, day: 2 } }] }, ['BDAY:--0402']],
    ['a birthday in words', { birthdays: [{ ...own, text: 'some day in May' }] }, ['BDAY;VALUE=TEXT:some day in May']],
    [
      'a birthday that no year has',
      { birthdays: [{ ...own, date: { month: 2, day: 30 }, text: '30 February' }] },
      ['BDAY;VALUE=TEXT:30 February'],
    ],
    ['29 February', { birthdays: [{ ...own, date: { month: 2, day: 29 } }] }, ['BDAY:--0229']],
    [
      'days',
      {
        events: [
          { ...own, type: 'anniversary', date: { year: 2010, month: 6, day: 1 } },
          { ...own, type: 'other', formattedType: 'Met', date: { year: 2011, month: 6 } },
        ],
      },
      ['ANNIVERSARY:20100601', 'ITEM1.X-ABDATE:2011-06', 'ITEM1.X-ABLABEL:Met'],
    ],
    [
      'a note of several lines',
      { biographies: [{ ...own, value: 'one\r\ntwo\rthree\nTEL:evil, \\n; \u0000end' }] },
      ['NOTE:one\\ntwo\\nthree\\nTEL:evil\\, \\\\n; end'],
    ],
    [
      'an address with commas, which no URI escapes',
      { urls: [{ ...own, value: 'https://example.org/?a=1,2;b\\c d\n', type: 'homePage', formattedType: 'Home Page' }] },
      ['ITEM1.URL:https://example.org/?a=1,2;b%5Cc%20d%0A'],
    ],
    [
      'chats',
      {
        imClients: [
          { ...own, username: 'anna example', protocol: 'skype' },
          { ...own, username: 'a@b.org', protocol: 'jabber' },
          { ...own, username: '123', protocol: 'My Chat' },
        ],
      },
      ['IMPP:skype:anna%20example', 'IMPP:xmpp:a@b.org', 'IMPP:x-mychat:123'],
    ],
    [
      'relations',
      {
        relations: [
          { ...own, person: 'Bob', type: 'spouse', formattedType: 'Spouse' },
          { ...own, person: 'Eve', type: 'mother', formattedType: 'Mother' },
        ],
      },
      ['RELATED;TYPE=spouse;VALUE=TEXT:Bob', 'ITEM1.RELATED;TYPE=parent;VALUE=TEXT:Eve', 'ITEM1.X-ABLABEL:Mother'],
    ],
    ['gender', { genders: [{ ...own, value: 'female' }] }, ['GENDER:F']],
    ['gender in words', { genders: [{ ...own, value: 'x; y' }] }, ['GENDER:O;x\\; y']],
    [
      'nicknames',
      {
        nicknames: [
          { ...own, value: 'A,B' },
          { ...own, value: 'C' },
        ],
      },
      ['NICKNAME:A\\,B,C'],
    ],
    [
      'labels',
      {
        memberships: [
          { contactGroupMembership: { contactGroupResourceName: 'contactGroups/a' } },
          { contactGroupMembership: { contactGroupResourceName: 'contactGroups/gone' } },
        ],
      },
      ['CATEGORIES:Lab\\, "A"; x,contactGroups/gone'],
    ],
    [
      'fields of one’s own',
      { userDefined: [{ ...own, key: 'Loc "k": 1\n', value: 'v' }] },
      ['X-USER-DEFINED;X-KEY="Loc ^\'k^\': 1^n":v'],
    ],
    ['fields of a wrong type', { names: 'x', emailAddresses: [5, { value: 'a@b.org' }], photos: {} }, ['EMAIL:a@b.org']],
  ])('with %s', async (_, more, expected) => {
    const found = await lines(more)
    expect(found.slice(0, 3)).toEqual(['BEGIN:VCARD', 'VERSION:4.0', 'PRODID:-//Holdall//Google Contacts//EN'])
    for (const line of expected) expect(found).toContain(line)
    expect(found.filter((line) => line.startsWith('FN:'))).toHaveLength(1)
    expect(found.join('\n')).not.toMatch(/^TEL:evil/m)
  })

  test('has what the contact itself says; the linked profile only fills what is empty', async () => {
    const found = await lines({
      names: [
        { ...profile, displayName: 'Profile' },
        { ...own, displayName: 'Mine' },
      ],
      emailAddresses: [{ ...profile, value: 'profile@example.org' }],
    })
    expect(found).toContain('FN:Mine')
    expect(found).toContain('EMAIL:profile@example.org')
  })
})

describe('the files', () => {
  const anna = person('people/c1', {
    names: [{ ...own, displayName: 'Anna 🎓 Example'.repeat(9), familyName: 'Example', givenName: 'Anna' }],
    biographies: [{ ...own, value: 'Zeile\n漢字かな'.repeat(40) }],
    memberships: [{ contactGroupMembership: { contactGroupResourceName: 'contactGroups/a' } }],
    photos: [{ ...own, url: 'https://lh3.googleusercontent.com/contacts/x=s100' }],
  })
  const bob = person('people/c2', {
    names: [{ ...own, displayName: 'Bob' }],
    photos: [{ ...own, url: 'https://lh3.googleusercontent.com/cm/y=s100', default: true }],
  })
  const other = person('otherContacts/c3', {
    emailAddresses: [{ metadata: { source: { type: 'OTHER_CONTACT' } }, value: 'o@example.org' }],
  })
  const file = 'photos/Anna 🎓.jpg'
  const picture = jpeg(40, 30, 1)
  const files = { files: { 'photo/people/c1': { photo: file } }, contents: { [file]: picture } }

  withParsers('another parser reads every card', async () => {
    const cards = readCards((await compose([anna, bob, other], files)).get('contacts.vcf')!)
    expect(cards).toHaveLength(3)
    expect(named(cards[0]!, 'FN')[0]!.value).toBe('Anna 🎓 Example'.repeat(9))
    expect(named(cards[0]!, 'NOTE')[0]!.value).toBe('Zeile\n漢字かな'.repeat(40))
    expect(named(cards[0]!, 'N')[0]!.value).toMatchObject({ family: 'Example', given: 'Anna' })
    expect(named(cards[0]!, 'X-PHOTO-FILE')[0]!.value).toBe('photos/Anna 🎓.jpg')
    expect(named(cards[1]!, 'X-PHOTO-FILE')).toEqual([])
    expect(named(cards[2]!, 'CATEGORIES')[0]!.value).toEqual(['Other contacts'])
    expect(cards.map((card) => named(card, 'UID')[0]!.value)).toEqual(['people/c1', 'people/c2', 'otherContacts/c3'])
  })

  test('the JSON is what the API said, but for what grows old there without being told: how many a group has', async () => {
    const made = await compose([anna, bob, other], files)
    expect(JSON.parse(made.get('contacts.json')!)).toEqual([anna, bob, other])
    expect(JSON.parse(made.get('groups.json')!)).toEqual(groups)
    expect((await compose([anna, bob, other], files)).get('contacts.vcf')).toBe(made.get('contacts.vcf'))
  })

  test('of an empty account are no cards, and two empty lists', async () => {
    const made = await filesOf(composeContacts(rowsOf([])))
    expect([...made]).toEqual([
      ['contacts.json', '[\n]\n'],
      ['groups.json', '[\n]\n'],
    ])
  })

  test('a photo’s version is its picture and the contact’s name; a drawn letter is none', () => {
    const version = (more: object) => photoItem(listedPerson.parse({ ...anna, ...more }))?.version
    expect(version({})).toBe(version({ photos: [{ ...own, url: 'https://lh3.googleusercontent.com/contacts/x=s200' }] }))
    expect(version({})).not.toBe(version({ photos: [{ ...own, url: 'https://lh3.googleusercontent.com/contacts/z=s100' }] }))
    expect(version({})).not.toBe(version({ names: [{ ...own, displayName: 'Anna New' }] }))
    expect(photoItem(listedPerson.parse(bob))).toBeUndefined()
  })
})

const photographed = (id: string, name: string) =>
  person(id, {
    names: [{ ...own, displayName: name }],
    photos: [{ ...own, url: 'https://lh3.googleusercontent.com/contacts/x=s100' }],
  })
const pictures: Readonly<Record<string, Buffer>> = {
  'image/jpeg': Buffer.from([0xff, 0xd8, 0xff, 0xe0, ...randomBytes(70_000)]),
  'image/png': Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), randomBytes(1)]),
  'image/gif': Buffer.concat([Buffer.from('GIF89a'), randomBytes(33)]),
  'image/webp': Buffer.concat([Buffer.from('RIFF1234WEBP'), randomBytes(400_000)]),
}
const types = Object.keys(pictures)
const album = {
  files: Object.fromEntries(types.map((_, n) => [`photo/people/c${n}`, { photo: `photos/${n}` }])),
  contents: Object.fromEntries(types.map((type, n) => [`photos/${n}`, pictures[type]!])),
}
const friends = types.map((type, n) => photographed(`people/c${n}`, type))

describe('photos', () => {
  withParsers('are in the cards, and come out of them byte for byte', async () => {
    const lacks: Lack[] = []
    const cards = (await compose(friends, album, lacks)).get('contacts.vcf')!
    expect(lacks).toEqual([])
    const read = readPhotos(cards)
    expect(Object.keys(read)).toEqual(types)
    for (const type of types) {
      expect(read[type]!.type).toBe(type)
      expect(Buffer.from(read[type]!.bytes, 'base64').equals(pictures[type]!), type).toBe(true)
    }
    expect(readCards(cards)).toHaveLength(friends.length)
  })

  test('of every length fill their lines to the last octet', async () => {
    for (let length = 1; length < 130; length++) {
      const bytes = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), randomBytes(length)])
      const options = { files: { 'photo/people/c1': { photo: 'p' } }, contents: { p: bytes } }
      const cards = (await compose([photographed('people/c1', 'x')], options)).get('contacts.vcf')!
      const photo = new ICAL.Component(ICAL.parse(cards)).getFirstPropertyValue('photo')
      expect(Buffer.from(String(photo).replace('data:image/jpeg;base64,', ''), 'base64').equals(bytes), String(length)).toBe(true)
    }
  })

  withParsers('that cannot be read cost their own card the picture alone, and are named', async () => {
    const contents = {
      'photos/0': new Failure('gone', 'photos/0 is not in the archive any more'),
      'photos/1': Buffer.from('<html>no picture</html>'),
      'photos/2': Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(4 * 1024 * 1024)]),
      'photos/3': pictures['image/webp']!,
    }
    const lacks: Lack[] = []
    const cards = (await compose(friends, { ...album, contents }, lacks)).get('contacts.vcf')!
    expect(Object.keys(readPhotos(cards))).toEqual(['image/webp'])
    expect(readCards(cards).map((card) => named(card, 'X-PHOTO-FILE')[0]!.value)).toEqual(types.map((_, n) => `photos/${n}`))
    expect(lacks.map(({ message }) => message)).toEqual([
      'the card of "image/jpeg" is without its photo: photos/0 is not in the archive any more',
      'the card of "image/png" is without its photo: photos/1 is no picture that programs know',
      'the card of "image/gif" is without its photo: photos/2 has more than 4 MB, and stays a file beside it',
    ])
    expect(lacks[0]!.hint).toContain('holdall verify')
  })
})

describe('what is gone at Google', () => {
  const cardsOf = async (people: readonly object[], options: RowsOptions) =>
    readCards((await compose(people, options)).get('contacts.vcf')!)

  withParsers('keeps its card and its photo, in a group of its own', async () => {
    const gone = ['people/c0', 'photo/people/c0', 'people/c1']
    const made = await compose(friends, { ...album, gone })
    const cards = readCards(made.get('contacts.vcf')!)
    expect(cards.map((card) => named(card, 'CATEGORIES').map(({ value }) => value))).toEqual([
      [['Deleted at Google']],
      [['Deleted at Google']],
      [],
      [],
    ])
    expect(cards.map((card) => named(card, 'X-HOLDALL-GONE').map(({ value }) => value))).toEqual([['TRUE'], ['TRUE'], [], []])
    expect(Object.keys(readPhotos(made.get('contacts.vcf')!))).toEqual(types)
    const listed = JSON.parse(made.get('contacts.json')!) as { goneAtSource?: true }[]
    expect(listed.map(({ goneAtSource }) => goneAtSource)).toEqual([true, true, undefined, undefined])
  })

  withParsers('a photo that its owner took away is in no card', async () => {
    const made = await compose(friends, { ...album, gone: ['photo/people/c2'] })
    expect(Object.keys(readPhotos(made.get('contacts.vcf')!))).toEqual(types.filter((type) => type !== 'image/gif'))
    expect(made.get('contacts.vcf')).not.toContain('photos/2')
  })

  withParsers('a contact that goes on under another name has one card', async () => {
    const renamed = { ...person('people/new', {}), metadata: { previousResourceNames: ['people/old', 'people/older'] } }
    const options = { gone: ['people/old'] }
    for (const people of [
      [person('people/old', {}), renamed],
      [renamed, person('people/old', {})],
    ])
      expect((await cardsOf(people, options)).flatMap((card) => named(card, 'UID').map(({ value }) => value))).toEqual([
        'people/new',
      ])
    // Of one that is gone itself, nobody says what it was before.
    const both = await cardsOf([person('people/old', {}), renamed], { gone: ['people/old', 'people/new'] })
    expect(both).toHaveLength(2)
  })
})

import { afterEach, describe, expect, test } from 'vitest'
import type { LeaveLine, ListedItem, Remembered } from '../../../src/core/leaving.ts'
import { createOneDriveModel } from '../../../src/practice/microsoft/drive/model.ts'
import { mostAsked } from '../../../src/providers/microsoft/leaving.ts'
import { type Permission, sharingIn } from '../../../src/providers/microsoft/onedrive/permissions.ts'
import { microsoft } from '../../../src/providers/microsoft/provider.ts'
import { failureOf } from '../../contracts/content.ts'
import { listAll, never } from '../../contracts/listed.ts'
import { type ConnectedOneDrive, connectOneDrive, type OneDriveOptions } from './onedrive/connect-onedrive.ts'

const open: ConnectedOneDrive[] = []
afterEach(async () => {
  for (const at of open.splice(0)) {
    await at.close()
    expect(at.practice.errors).toEqual([])
    expect(at.practice.log.violations).toEqual([])
  }
})
async function connect(options: OneDriveOptions = {}): Promise<ConnectedOneDrive> {
  const at = await connectOneDrive(options)
  open.push(at)
  return at
}

const ken = { email: 'ken@contoso.example', name: 'Ken' }
const dana = { email: 'dana@fabrikam.example', name: 'Dana' }
const standing = (own: string) => (address: string) =>
  address === own ? ('own' as const) : address.endsWith('@contoso.example') ? ('organisation' as const) : ('elsewhere' as const)

/** What the archive remembers after a listing. */
async function remembered(at: ConnectedOneDrive): Promise<Remembered> {
  const items: ListedItem[] = [...(await listAll(at.open(), [])).items.values()].map(({ id, name, parent, details }) => ({
    id,
    name,
    parent,
    details,
  }))
  return { listed: () => 1, item: (_, id) => items.find((one) => one.id === id), items: () => items }
}
async function ask(
  at: ConnectedOneDrive,
  more: { granted?: readonly string[]; sources?: readonly string[]; signedOut?: true; listed?: Remembered } = {},
) {
  const request = {
    ...(more.signedOut ? {} : { connection: at.connection() }),
    granted: more.granted ?? ['User.Read', 'Files.Read'],
    sources: more.sources ?? ['onedrive'],
    remembered: more.listed ?? (await remembered(at)),
    standing: standing(at.model.account.username),
    ends: undefined,
    signal: never,
  }
  at.practice.log.reset()
  const lines: LeaveLine[] = []
  for await (const line of microsoft.leaving!(request)) lines.push(line)
  return lines
}
const questions = (at: ConnectedOneDrive) => at.practice.log.requests.filter(({ call }) => call === 'driveItem.permissions')

describe('people with whom things of OneDrive are shared', () => {
  test('are named, each with what they may do, for the right to read files alone, at five units a question', async () => {
    const at = await connect()
    const { model } = at
    const lab = model.addFolder('Lab')
    model.addFile('private.txt', 'x')
    const film = model.addFile('film.mp4', 'x')
    const page = model.addFile('page.html', 'x')
    const rules = model.addFile('rules.txt', 'x')
    model.grant(lab.id, [
      { role: 'read', to: dana },
      { role: 'write', to: ken },
    ])
    model.grant(film.id, [{ role: 'read', link: { scope: 'users', members: [dana] } }])
    model.grant(page.id, [{ role: 'read', link: { scope: 'anonymous' } }])
    model.grant(rules.id, [{ role: 'read', link: { scope: 'organization' } }])
    const lines = await ask(at)
    expect(lines.map(({ facts }) => facts)).toEqual([
      { name: 'Lab', people: [dana.email, ken.email], writers: [ken.email], open: null, proposal: 'transfer' },
      { name: 'film.mp4', people: [dana.email], writers: [], open: null, proposal: 'download' },
      { name: 'page.html', people: [], writers: [], open: 'anyone', proposal: 'keep' },
      { name: 'rules.txt', people: [], writers: [], open: 'organisation', proposal: 'transfer' },
    ])
    expect(lines.map(({ state }) => state)).toEqual(['to-do', 'look', 'look', 'to-do'])
    expect(lines[0]!.why.en).toContain('ken@contoso.example (may change it), dana@fabrikam.example.')
    expect(lines[0]!.why.ja).toContain('ken@contoso.example（編集可）、dana@fabrikam.example。')
    expect(lines[2]!.why.en).toContain('everyone who has its link')
    expect(questions(at).map(({ units }) => units)).toEqual([5, 5, 5, 5])
    // No address of a link, which opens the thing to whoever has it.
    expect(questions(at).every(({ query }) => !/shareId|webUrl/.test(JSON.stringify(query)))).toBe(true)
  })

  test('are asked for once where what is below is shared by the folder above it', async () => {
    const at = await connect()
    const { model } = at
    const lab = model.addFolder('Lab')
    const inside = model.addFile('a.txt', 'a', { parent: model.addFolder('below', { parent: lab.id }).id })
    const beside = model.addFile('Lab report.txt', 'b')
    model.grant(lab.id, [{ role: 'write', to: ken }])
    for (const { id } of [inside, beside]) model.grant(id, [{ role: 'read', to: dana }])
    expect((await ask(at)).map(({ facts }) => facts!.name)).toEqual(['Lab', 'Lab report.txt'])
    expect(questions(at)).toHaveLength(2)
  })

  test('are asked of what has taken the name of a shared folder’s place, after that one was renamed', async () => {
    const at = await connect()
    const { model } = at
    const lab = model.addFolder('Lab')
    model.grant(lab.id, [{ role: 'write', to: ken }])
    const before = await remembered(at)
    model.rename(lab.id, 'Old lab')
    const inside = model.addFile('a.txt', 'a', { parent: model.addFolder('Lab').id })
    model.grant(inside.id, [{ role: 'read', to: dana }])
    const after = await remembered(at)
    // The address that a folder had when it was listed may be another one's by now.
    const old = before.item('onedrive', lab.id)!
    const items = [...after.items('onedrive')].map((one) => (one.id === lab.id ? { ...one, details: old.details } : one))
    const listed: Remembered = { ...after, item: (_, id) => items.find((one) => one.id === id), items: () => items }
    expect((await ask(at, { listed })).map(({ facts }) => facts!.name).toSorted()).toEqual(['Old lab', 'a.txt'])
  })

  test('of a personal drive, which names nobody’s address, by the invitation or the name', async () => {
    const at = await connect({ model: createOneDriveModel({ kind: 'personal' }) })
    const { model } = at
    model.grant(model.addFile('a.txt', 'a').id, [{ role: 'read', to: dana }])
    model.grant(model.addFile('b.txt', 'b').id, [{ role: 'write', link: { scope: 'users', members: [ken] } }])
    expect((await ask(at)).map(({ facts }) => facts!.people)).toEqual([[dana.email], ['Ken']])
  })

  test('what is shared no longer, or gone, is no line of its own; what could not be seen is counted', async () => {
    const at = await connect()
    const { model } = at
    const [over, gone, refused] = ['over', 'gone', 'refused'].map((name) => model.addFile(name, name).id)
    for (const id of [over, gone, refused]) model.grant(id!, [{ role: 'read', to: dana }])
    const listed = await remembered(at)
    model.grant(over!, [])
    model.remove(gone!)
    at.practice.faults.add({ match: ({ path }) => path.includes(refused!), do: { status: 403, reason: 'accessDenied' } })
    const lines = await ask(at, { listed })
    expect(lines.map(({ facts }) => facts)).toEqual([{ left: 2 }])
    expect(lines[0]!.why.ja).toContain('2 件')
  })

  test('more than may be asked for: the first hundred, and how many are left', async () => {
    const at = await connect()
    for (let n = 0; n < mostAsked + 3; n++) at.model.grant(at.model.addFile(`f${n}`, 'x').id, [{ role: 'read', to: dana }])
    const lines = await ask(at)
    expect(questions(at)).toHaveLength(mostAsked)
    expect(lines).toHaveLength(mostAsked + 1)
    expect(lines.at(-1)!.facts).toEqual({ left: 3 })
  })

  test.each([
    ['nobody is signed in', { signedOut: true }],
    ['the sign-in may not read files', { granted: ['User.Read', 'Notes.Read'] }],
    ['the source is not chosen', { sources: ['onenote'] }],
    ['it was never listed', { listed: { listed: () => undefined, item: () => undefined, items: () => [] } }],
  ] as const)('nothing is asked where %s', async (_, more) => {
    const at = await connect()
    at.model.grant(at.model.addFile('a', 'a').id, [{ role: 'read', to: dana }])
    const listed = await remembered(at)
    expect(await ask(at, { listed, ...more })).toEqual([])
    expect(at.practice.log.count()).toBe(0)
  })

  test('a service that does not answer, or a sign-in that ended, is a failure and no short list', async () => {
    const at = await connect()
    at.model.grant(at.model.addFile('a', 'a').id, [{ role: 'read', to: dana }])
    const listed = await remembered(at)
    for (const [status, kind] of [
      [500, 'transient'],
      [401, 'signin'],
    ] as const) {
      at.practice.faults.add({ match: ({ path }) => path.endsWith('/permissions'), times: 2, do: { status } })
      expect((await failureOf(ask(at, { listed }))).kind).toBe(kind)
      at.practice.faults.clear()
    }
  })
})

describe('what permissions say', () => {
  const sharing = (...given: Permission[]) => sharingIn(given, (address) => address === 'me@contoso.example')
  test('the owner and the leaver are no others; each person counts once, with the most that they may', () => {
    expect(
      sharing(
        { roles: ['owner'], grantedToV2: { user: { email: 'boss@contoso.example' } } },
        { roles: ['write'], grantedToV2: { user: { email: 'me@contoso.example' } } },
        { roles: ['write'], grantedToV2: { user: { email: ken.email } } },
        {
          roles: ['read'],
          grantedToIdentitiesV2: [{ user: { email: 'KEN@contoso.example' } }],
          link: { scope: 'users', type: 'view' },
        },
      ).people,
    ).toEqual([{ address: ken.email, may: 'write' }])
  })

  test('older forms, SharePoint’s own names and roles, groups, and those who were invited and have not come', () => {
    expect(
      sharing(
        { roles: ['read'], grantedTo: { user: { email: 'a@x.example' } } },
        { roles: ['sp.full control'], grantedToV2: { siteUser: { email: 'b@x.example' } } },
        { roles: ['write'], grantedToV2: { group: { email: 'all@x.example' } } },
        { roles: ['read'], invitation: { email: 'c@x.example' } },
        { roles: ['read'], grantedToV2: { siteGroup: { displayName: 'Visitors' } } },
        { roles: ['read'], grantedToV2: {} },
      ).people,
    ).toEqual([
      { address: 'a@x.example', may: 'read' },
      { address: 'b@x.example', may: 'write' },
      { address: 'all@x.example', may: 'write', group: true },
      { address: 'c@x.example', may: 'read' },
      { address: 'Visitors', may: 'read', group: true },
    ])
  })

  test('the widest link is said', () => {
    const link = (scope: string) => ({ roles: ['read'], link: { scope, type: 'view' } })
    expect(sharing(link('organization'), link('anonymous')).open).toBe('anyone')
    expect(sharing(link('anonymous'), link('organization')).open).toBe('anyone')
    expect(sharing(link('organization')).open).toBe('organisation')
    expect(sharing()).toEqual({ people: [] })
  })
})

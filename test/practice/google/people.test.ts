import { people, type people_v1 } from 'googleapis/build/src/apis/people/index.js'
import { expect, test } from 'vitest'
import { fillPracticePeople } from '../../../src/practice/google/people/fill-people.ts'
import { createPeopleModel } from '../../../src/practice/google/people/people-model.ts'
import { methodParameters, schemas } from '../../../src/practice/google/people/people-tables.ts'
import { personFields } from '../../../src/practice/google/people/person-resource.ts'
import { scope, startApi } from './api-start.ts'
import { apis, deriveTables } from './derive-tables.ts'

const readonly = scope('contacts.readonly contacts.other.readonly')
const fields = personFields.join(',')
const day = 24 * 60 * 60 * 1000

async function startPeople({ fill = true, clock = { now: () => Date.parse('2025-03-10T00:00:00Z') } } = {}) {
  const model = createPeopleModel({ email: 'student@example.ac.jp', now: clock.now })
  const ids = fill ? fillPracticePeople(model) : undefined
  const started = await startApi('people', readonly, { people: model, clock })
  // A token of these tests outlives the days that they play through.
  const client = () => people({ version: 'v1', ...started.options('people') })
  return { ...started, people: model, ids: ids!, client }
}

type List = people_v1.Params$Resource$People$Connections$List

async function connections(client: people_v1.People, given: Partial<List> = {}) {
  const found: people_v1.Schema$Person[] = []
  let pageToken: string | undefined
  let pages = 0
  for (;;) {
    const { data } = await client.people.connections.list({
      resourceName: 'people/me',
      personFields: fields,
      requestSyncToken: true,
      ...given,
      ...(pageToken === undefined ? {} : { pageToken }),
    })
    found.push(...(data.connections ?? []))
    pages += 1
    if (data.nextPageToken == null) return { found, pages, token: data.nextSyncToken ?? '', total: data.totalItems }
    // Only the last page has it.
    expect(data.nextSyncToken).toBeUndefined()
    pageToken = data.nextPageToken
  }
}

test('the practice person has the same contacts each time', () => {
  const made = (at: number) => {
    const model = createPeopleModel({ email: 'student@example.ac.jp', now: () => at })
    fillPracticePeople(model)
    const own = model.groups.alive().filter(({ value }) => !value.system)
    return [model.contacts.alive(), model.others.alive(), own, [...model.photos]]
  }
  expect(made(1)).toEqual(made(2))
})

test('the tables are those of the installed googleapis', () => {
  const derived = deriveTables(apis.people)
  expect(methodParameters).toEqual(derived.parameters)
  expect(schemas).toEqual(derived.schemas)
})

test('the official library lists every contact once, with values that say where they come from', async () => {
  await using started = await startPeople()
  const { people: model, ids } = started
  const { found, pages, total } = await connections(started.client(), { pageSize: 50 })
  expect(found.map(({ resourceName }) => resourceName)).toEqual(model.contacts.alive().map(({ id }) => id))
  expect(total).toBe(found.length)
  expect(pages).toBe(Math.ceil(found.length / 50))
  const kenji = found.find(({ resourceName }) => resourceName === ids.kenji)
  expect(kenji?.names?.[0]).toMatchObject({
    displayName: '森 健二',
    phoneticFamilyName: 'もり',
    metadata: { primary: true, sourcePrimary: true, source: { type: 'CONTACT' } },
  })
  expect(kenji?.memberships?.map((entry) => entry.contactGroupMembership?.contactGroupResourceName)).toEqual([
    'contactGroups/myContacts',
    'contactGroups/starred',
    ids.group,
  ])
  expect(kenji?.metadata).toMatchObject({
    objectType: 'PERSON',
    sources: [{ type: 'CONTACT', updateTime: '2024-04-01T12:34:56.789Z' }],
  })
  const linked = found.find(({ resourceName }) => resourceName === ids.linked)
  expect(linked?.metadata?.sources?.map(({ type }) => type)).toEqual(['CONTACT', 'PROFILE'])
  expect(linked?.emailAddresses?.map(({ value, metadata }) => [value, metadata?.source?.type, metadata?.primary])).toEqual([
    ['mori@example.ac.jp', 'CONTACT', true],
    ['mori.private@example.com', 'PROFILE', undefined],
  ])
  const nameless = found.find(({ resourceName }) => resourceName === ids.nameless)
  expect(nameless?.names).toBeUndefined()
  // Lists cut what is repeated more than a hundred times; get does not.
  const many = found.find(({ resourceName }) => resourceName === ids.manyAddresses)
  expect(many?.emailAddresses).toHaveLength(100)
  const whole = await started.client().people.get({ resourceName: ids.manyAddresses, personFields: 'emailAddresses' })
  expect(whole.data.emailAddresses).toHaveLength(130)
  const batch = await started.client().people.getBatchGet({ resourceNames: [ids.kenji, 'people/c1'], personFields: 'names' })
  expect(batch.data.responses?.map(({ httpStatusCode }) => httpStatusCode)).toEqual([200, 404])
  expect(started.google.violations).toEqual([])
  expect(started.google.errors).toEqual([])
})

test('only the fields of the mask come, and profiles only where they are asked for', async () => {
  await using started = await startPeople()
  const { found } = await connections(started.client(), { personFields: 'names,metadata', sources: ['READ_SOURCE_TYPE_CONTACT'] })
  expect([...new Set(found.flatMap(Object.keys))].sort()).toEqual(['etag', 'metadata', 'names', 'resourceName'])
  expect(found.flatMap(({ metadata }) => metadata?.sources ?? []).every(({ type }) => type === 'CONTACT')).toBe(true)
})

test('a sync tells of what was added, changed, renamed and deleted since, and of nothing else', async () => {
  await using started = await startPeople()
  const { people: model, ids } = started
  const first = await connections(started.client())
  const none = await connections(started.client(), { syncToken: first.token })
  expect([none.found, none.pages, none.total]).toEqual([[], 1, undefined])
  const added = model.addContact({ names: [{ givenName: 'New' }] })
  model.changeContact(ids.kenji, { nicknames: [{ value: 'K' }], addresses: [] })
  model.removeContact(ids.nameless)
  const renamed = model.relinkContact(ids.linked)
  const news = await connections(started.client(), { syncToken: none.token })
  expect(news.found.map(({ resourceName }) => resourceName)).toEqual([added, ids.kenji, ids.nameless, renamed])
  expect(news.found[1]?.nicknames?.[0]?.value).toBe('K')
  expect(news.found[1]?.addresses).toBeUndefined()
  expect(news.found[2]?.metadata?.deleted).toBe(true)
  expect(Object.keys(news.found[2] ?? {}).sort()).toEqual(['etag', 'metadata', 'resourceName'])
  expect(news.found[3]?.metadata?.previousResourceNames).toEqual([ids.linked])
  // A full listing knows nothing of the dead.
  const full = await connections(started.client())
  expect(full.found.some(({ metadata }) => metadata?.deleted)).toBe(false)
  expect(full.found.some(({ resourceName }) => resourceName === ids.nameless)).toBe(false)
  // Without requestSyncToken there is none.
  expect((await connections(started.client(), { requestSyncToken: false })).token).toBe('')
})

test('what is deleted while a full listing is under way is in the sync after it', async () => {
  await using started = await startPeople()
  const client = started.client()
  const given = { resourceName: 'people/me', personFields: fields, requestSyncToken: true, pageSize: 200 }
  const { data: page } = await client.people.connections.list(given)
  const seen = page.connections?.[0]?.resourceName ?? ''
  started.people.removeContact(seen)
  const { data: last } = await client.people.connections.list({ ...given, pageToken: page.nextPageToken ?? '' })
  const news = await connections(client, { pageSize: 200, syncToken: last.nextSyncToken ?? '' })
  expect(news.found.map(({ resourceName }) => resourceName)).toEqual([seen])
})

test('a sync token ends seven days after the full listing, not after its last use', async () => {
  let now = Date.parse('2025-03-01T00:00:00Z')
  await using started = await startPeople({ clock: { now: () => now } })
  let { token } = await connections(started.client())
  for (let turn = 1; turn <= 3; turn += 1) {
    now += 2 * day
    token = (await connections(started.client(), { syncToken: token })).token
  }
  now += day + 1
  const path = (syncToken: string) => `people/me/connections?personFields=${fields}&requestSyncToken=true&syncToken=${syncToken}`
  const refused = await started.json(path(token))
  expect(refused.status).toBe(400)
  expect(refused.body.error).toEqual({
    code: 400,
    message: 'Sync token is expired. Clear local cache and retry call without the sync token.',
    status: 'FAILED_PRECONDITION',
    details: [
      { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'EXPIRED_SYNC_TOKEN', domain: 'people.googleapis.com' },
    ],
  })
  const again = await connections(started.client())
  expect((await started.json(path(again.token))).status).toBe(200)
  started.people.expireSyncTokens()
  expect((await started.json(path(again.token))).body.error?.details?.[0]?.reason).toBe('EXPIRED_SYNC_TOKEN')
})

test('parameters must be those of the first call, for sync tokens and page tokens', async () => {
  await using started = await startPeople()
  const { token } = await connections(started.client())
  for (const other of [{ personFields: 'names' }, { pageSize: 17 }, { sources: ['READ_SOURCE_TYPE_CONTACT'] }])
    await expect(connections(started.client(), { syncToken: token, ...other })).rejects.toMatchObject({ code: 400 })
  const page = await started.json('people/me/connections?personFields=names&pageSize=10')
  const next = `pageToken=${String(page.body.nextPageToken)}`
  expect((await started.json(`people/me/connections?personFields=names&pageSize=10&${next}`)).status).toBe(200)
  expect((await started.json(`people/me/connections?personFields=names&pageSize=11&${next}`)).status).toBe(400)
  expect((await started.json(`people/me/connections?personFields=names,photos&pageSize=10&${next}`)).status).toBe(400)
})

test('other contacts, groups and their members', async () => {
  await using started = await startPeople()
  const { people: model, ids } = started
  const client = started.client()
  const mask = { readMask: 'emailAddresses,metadata,names,phoneNumbers,photos', requestSyncToken: true }
  const { data: others } = await client.otherContacts.list(mask)
  expect(others.otherContacts).toHaveLength(42)
  expect(others.totalSize).toBe(42)
  expect(others.otherContacts?.[0]?.metadata?.sources?.[0]?.type).toBe('OTHER_CONTACT')
  const gone = others.otherContacts?.[3]?.resourceName ?? ''
  model.removeOther(gone)
  const { data: news } = await client.otherContacts.list({ ...mask, syncToken: others.nextSyncToken ?? '' })
  expect(news.otherContacts).toMatchObject([{ resourceName: gone, metadata: { deleted: true } }])

  const { data: groups } = await client.contactGroups.list({ pageSize: 1000 })
  expect(groups.contactGroups?.filter(({ name }) => name === 'Family').map(({ memberCount }) => memberCount)).toEqual([1, 1])
  expect(groups.contactGroups?.find(({ name }) => name === 'myContacts')).toMatchObject({
    formattedName: 'My Contacts',
    groupType: 'SYSTEM_CONTACT_GROUP',
  })
  const { data: group } = await client.contactGroups.get({ resourceName: ids.group })
  expect(group.memberResourceNames).toBeUndefined()
  const { data: full } = await client.contactGroups.get({ resourceName: ids.group, maxMembers: 1000 })
  expect(full.memberResourceNames).toHaveLength(full.memberCount ?? -1)
  expect(full.memberResourceNames).toContain(ids.kenji)
  model.renameGroup(ids.twinGroups[0] ?? '', '家族')
  model.removeGroup(ids.group)
  const { data: changed } = await client.contactGroups.list({ pageSize: 1000, syncToken: groups.nextSyncToken ?? '' })
  expect(changed.contactGroups).toMatchObject([{ name: '家族' }, { resourceName: ids.group, metadata: { deleted: true } }])
  const kenji = await client.people.get({ resourceName: ids.kenji, personFields: 'memberships' })
  expect(kenji.data.memberships).toHaveLength(2)
})

test('photos are JPEG at an address without authority, small unless asked for whole; a bearer there is a violation', async () => {
  await using started = await startPeople()
  const { ids, google, get } = started
  const { data } = await started.client().people.get({ resourceName: ids.withPhoto, personFields: 'photos' })
  const url = data.photos?.[0]?.url ?? ''
  expect(data.photos?.[0]?.default).toBeUndefined()
  expect(url.startsWith(google.photos) && url.endsWith('=s100')).toBe(true)
  const bytes = async (from: string) => {
    const response = await get(from)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
    return Buffer.from(await response.arrayBuffer())
  }
  const [small, full] = [await bytes(url), await bytes(url.replace('=s100', '=s0'))]
  expect(small.subarray(0, 3).toString('hex')).toBe('ffd8ff')
  expect(full.byteLength).toBeGreaterThan(small.byteLength)
  const letter = await started.client().people.get({ resourceName: ids.nameless, personFields: 'photos' })
  expect(letter.data.photos?.[0]?.default).toBe(true)
  await bytes(letter.data.photos?.[0]?.url ?? '')
  started.people.setPhoto(ids.withPhoto, 99)
  const changed = await started.client().people.get({ resourceName: ids.withPhoto, personFields: 'photos' })
  expect(changed.data.photos?.[0]?.url).not.toBe(url)
  expect((await get(`${google.photos}contacts/unknown=s0`)).status).toBe(404)
  expect(google.violations).toEqual([])
  await get(url, { headers: { authorization: 'Bearer x' } })
  expect(google.violations).toHaveLength(1)
})

const me = 'people/me/connections'
test.for([
  [me, 400, 'personFields mask is required'],
  [`${me}?personFields=names,fileAses`, 400, 'Invalid personFields mask path: "fileAses"'],
  [`${me}?personFields=names.givenName`, 400, 'Invalid personFields mask path'],
  [`${me}?requestMask.includeField=person.names`, 400, 'deprecated'],
  [`${me}?personFields=names&pageSize=1001`, 400, 'pageSize'],
  [`${me}?personFields=names&pageSize=-1`, 400, 'pageSize'],
  [`${me}?personFields=names&requestSyncToken=1`, 400, 'requestSyncToken'],
  [`${me}?personFields=names&sources=CONTACT`, 400, 'sources'],
  [`${me}?personFields=names&sortOrder=NAME`, 400, 'sort_order'],
  [`${me}?personFields=names&syncToken=abc`, 400, 'Sync token'],
  [`${me}?personFields=names&pageToken=abc`, 400, 'Invalid Value'],
  [`${me}?personFields=names&maxResults=10`, 400, 'Unknown name "maxResults"'],
  [`${me}?personFields=names&fields=connections(nmae)`, 400, 'nmae'],
  ['people/c1/connections?personFields=names', 400, 'Only "people/me" is valid'],
  ['people/c1?personFields=names', 404, 'not found'],
  ['people/me', 400, 'personFields mask is required'],
  ['people:batchGet?personFields=names', 400, 'resource names'],
  ['otherContacts', 400, 'readMask mask is required'],
  ['otherContacts?readMask=names,addresses', 400, 'Invalid readMask mask path: "addresses"'],
  ['otherContacts?readMask=names&sources=READ_SOURCE_TYPE_PROFILE', 400, 'not permitted'],
  ['contactGroups?groupFields=members', 400, 'Invalid groupFields mask path'],
  ['contactGroups?pageSize=1001', 400, 'pageSize'],
  ['contactGroups/nothing', 404, 'not found'],
  ['contactGroups/myContacts?maxMembers=all', 400, 'max_members'],
] as const)('%s is refused: %i %s', async ([path, status, words]) => {
  await using started = await startPeople({ fill: false })
  const answer = await started.json(path)
  expect(answer.status).toBe(status)
  expect(answer.body.error?.message).toContain(words)
  // The newer envelope: a status, and no list of errors.
  expect(answer.body.error).toMatchObject({ code: status, status: status === 404 ? 'NOT_FOUND' : 'INVALID_ARGUMENT' })
  expect(answer.body.error?.errors).toBeUndefined()
})

test('an empty account, scopes, a missing token, a missing API', async () => {
  await using started = await startPeople({ fill: false })
  expect((await started.json(`${me}?personFields=names`)).body).toEqual({ totalPeople: 0, totalItems: 0 })
  const insufficient = async (path: string, scopes: string) => {
    const { body } = await started.json(path, scope(scopes))
    expect(body.error).toMatchObject({
      code: 403,
      status: 'PERMISSION_DENIED',
      details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }],
    })
  }
  await insufficient(`${me}?personFields=names`, 'contacts.other.readonly')
  await insufficient('otherContacts?readMask=names', 'contacts.readonly contacts')
  await insufficient('contactGroups', 'calendar.readonly')
  const bare = await started.get(`${started.google.endpoints.people}v1/${me}?personFields=names`)
  expect([bare.status, await bare.json()]).toMatchObject([401, { error: { status: 'UNAUTHENTICATED' } }])
  await using without = await startApi('people', readonly, {})
  expect((await without.json(`${me}?personFields=names`)).body.error).toMatchObject({
    code: 403,
    details: [{ reason: 'SERVICE_DISABLED' }],
  })
})

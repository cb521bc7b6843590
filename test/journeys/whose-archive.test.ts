import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test, vi } from 'vitest'
import { checkBag } from './archive-check.ts'
import { startCloud } from './cloud.ts'
import { run } from './program.ts'

vi.setConfig({ testTimeout: 60_000 })

async function savedArchive() {
  const cloud = await startCloud()
  const { place, drive, home, google } = cloud
  drive.addFile('mine.txt', 'mine')
  home.put('/at home.txt', 'at home')
  expect((await run(place, ['backup'])).status).toBe(0)
  const file = path.join(place.archive, 'metadata/google/account.json')
  return { place, google, drive, file, said: () => JSON.parse(readFileSync(file, 'utf8')) as Record<string, string> }
}

test('whose data they are outlives the journal: after it is made anew, somebody else who signs in is refused as before', async () => {
  const { place, google, drive, said } = await savedArchive()
  expect(said()).toEqual({ account: 'google', subject: expect.stringMatching(/./), name: drive.me.email })
  await checkBag(place.archive)

  rmSync(path.join(place.archive, '.holdall'), { recursive: true })
  expect((await run(place, ['plan'])).status).toBe(0)
  expect((await run(place, ['disconnect', 'google', '--yes'])).status).toBe(0)
  const other = drive.addPerson('someone.else@example.org', 'Someone Else')
  google.consent.signInAs(other.email)
  const refused = await run(place, ['connect', 'google', '--yes'])
  expect(refused.status, refused.stderr).toBe(2)
  expect(refused.stderr).toMatch(new RegExp(`${drive.me.email}.*${other.email}`))
  google.consent.signInAs(undefined)
  expect((await run(place, ['connect', 'google', '--yes'])).status).toBe(0)
  expect((await run(place, ['backup'])).status).toBe(0)
  expect((await run(place, ['verify'])).status).toBe(0)
})

test('verify names it where bag and journal say different people, and where what the bag says was changed', async () => {
  const { place, file } = await savedArchive()
  const before = readFileSync(file)
  writeFileSync(file, before.toString().replace(/"subject":"./, '"subject":"x'))
  const changed = await run(place, ['verify'])
  expect(changed.status).toBe(3)
  expect(changed.stdout + changed.stderr).toContain('metadata/google/account.json')
  writeFileSync(file, before)
  const database = new DatabaseSync(path.join(place.archive, '.holdall/journal.db'))
  database.exec(`UPDATE mark SET value = '{"subject":"somebody","name":"x"}' WHERE name = 'identity google'`)
  database.exec(`DELETE FROM mark WHERE name = 'unsealed'`)
  database.close()
  const verified = await run(place, ['verify', '--quick'])
  expect(verified.status).toBe(3)
  expect(verified.stdout + verified.stderr).toContain('metadata/google/account.json name different people')
})

test('one that cannot be read is said, and the rest of the archive is known again', async () => {
  const { place, file } = await savedArchive()
  writeFileSync(file, '{"subject":')
  rmSync(path.join(place.archive, '.holdall'), { recursive: true })
  const again = await run(place, ['backup'])
  expect(again.status, again.stderr).toBe(0)
  expect(again.stderr).toContain('metadata/google/account.json cannot be read: whose data google holds is not known any more')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ account: 'google' })
})

import { expect, test } from 'vitest'
import { createNotesModel } from '../../../src/practice/microsoft/onenote/notes-model.ts'
import { start } from './start.ts'

test('OneNote answers at Graph’s host, for the same tokens and with its own words', async () => {
  const notes = createNotesModel({ email: 'hana.student@contoso.example' })
  notes.addNotebook('Studies')
  await using started = await start({ notes })
  const listed = await started.json('me/onenote/notebooks', { scopes: ['Notes.Read'] })
  expect(listed.value.map(({ displayName }) => displayName)).toEqual(['Studies'])
  expect((await started.call('me/onenote/notebooks', { scopes: ['Files.Read'] })).status).toBe(403)
  const bare = await started.get(`${started.microsoft.endpoints.graph}v1.0/me/onenote/notebooks`)
  expect(bare.status).toBe(401)
  expect(await started.refusal('me/onenote/notebooks', { scopes: ['Notes.Read'] }).catch(() => 'no error')).toBe('no error')
  await using without = await start()
  expect(await without.refusal('me/onenote/notebooks', { scopes: ['Notes.Read'] })).toMatchObject({ status: 403, code: '30108' })
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { hasApache, startApache } from '../apache.ts'

test.skipIf(!hasApache())('an Apache answers', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'holdall-apache-files-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const apache = await startApache({ auth: 'digest', folder })
  onTestFinished(() => apache.stop())
  expect((await fetch(apache.url)).status).toBe(401)
})

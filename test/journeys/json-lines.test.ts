import { expect, test } from 'vitest'
import { startCloud } from './cloud.ts'
import { run } from './program.ts'

test('every line of --json is an event with its time', async () => {
  const { place, home } = await startCloud({ accounts: ['home'] })
  home.put('/a.txt', 'a')
  const { status, stdout } = await run(place, ['backup', '--json'])
  expect(status).toBe(0)
  for (const line of stdout.trimEnd().split('\n'))
    expect(JSON.parse(line)).toMatchObject({ event: expect.any(String), time: expect.any(String) })
})

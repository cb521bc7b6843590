import { expect, test } from 'vitest'
import { startCloud } from './cloud.ts'
import { checkSummary } from './course.ts'
import { run } from './program.ts'

interface Line {
  readonly event: string
  readonly time: string
  readonly command?: string
  readonly status?: number
  readonly source?: string
}

function linesOf(stdout: string): Line[] {
  expect(stdout.endsWith('\n')).toBe(true)
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
}

test('with --json every line is an event with its time, the last is the summary, and its counts add up', async () => {
  const { place, home, drive } = await startCloud({ settings: 'limits: { retryFor: 1s }' })
  for (let n = 0; n < 25; n++) drive.addFile(`same name${n % 5}.txt`, `on Drive ${n}`)
  for (const type of ['form', 'map', 'site']) drive.addEditorFile(`a ${type}`, type)
  drive.addFile('cannot be had.bin', 'x', {
    abusive: true,
    owner: drive.addPerson('other@example.org', 'Other').email,
    sharedWith: { [drive.me.email]: 'reader' },
  })
  for (let n = 0; n < 30; n++) home.put(`/papers/line\u2028feed ${n}.txt`, `text ${n}`)
  home.put('/papers/forbidden.txt', 'not for you', { permissions: '' })

  const plan = await run(place, ['plan', '--json'])
  expect(linesOf(plan.stdout).at(-1)).toMatchObject({ event: 'summary', command: 'plan' })
  const backup = await run(place, ['backup', '--json'])
  const sources = checkSummary(backup.stdout)
  expect(Object.keys(sources).toSorted()).toEqual(['google/drive', 'home/files'])
  for (const tally of Object.values(sources)) expect(tally.saved).toBeGreaterThan(20)
  expect(sources['google/drive']?.unexportable).toBeGreaterThanOrEqual(3)
  const lines = linesOf(backup.stdout)
  expect(lines[0]).toMatchObject({ event: 'started', command: 'backup' })
  expect(lines.filter(({ event }) => event === 'summary')).toEqual([
    expect.objectContaining({ command: 'backup', status: backup.status }),
  ])
  // Each state of the summary was told item by item.
  const told = (state: string, source: string) =>
    backup.stdout
      .split('\n')
      .filter(
        (line) => line.includes(`"event":"item"`) && line.includes(`"state":"${state}"`) && line.includes(`"source":"${source}"`),
      ).length
  for (const [name, tally] of Object.entries(sources))
    expect({ name, failed: told('failed', name) }).toEqual({ name, failed: tally.failed })

  for (const command of ['verify', 'status', 'accounts', 'disconnect google']) {
    const { status, stdout } = await run(place, [...command.split(' '), '--json'])
    const said = linesOf(stdout)
    for (const { event, time } of said) expect([typeof event, Number.isNaN(Date.parse(time))]).toEqual(['string', false])
    expect(said.at(-1)).toMatchObject({ event: 'summary', command: command.split(' ')[0], status })
  }
  checkSummary((await run(place, ['backup', 'home', '--json'])).stdout)
})

test('what cannot even begin ends with a summary too', async () => {
  const { place } = await startCloud({ accounts: ['google'], connect: false })
  for (const [args, status] of [
    [['backup'], 4],
    [['backup', 'nowhere'], 2],
    [['backup', '--config', 'missing.yaml'], 2],
  ] as const) {
    const ended = await run(place, [...args, '--json'])
    expect({ args, status: ended.status }).toEqual({ args, status })
    expect(linesOf(ended.stdout).at(-1)).toMatchObject({ event: 'summary', command: 'backup', status })
  }
})

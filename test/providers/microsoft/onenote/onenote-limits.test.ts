import { expect, test } from 'vitest'
import { Failure } from '../../../../src/core/failure.ts'
import type { KeptLevels, Level } from '../../../../src/http/kept-levels.ts'
import { documentedLimits } from '../../../../src/practice/microsoft/onenote/onenote-limits.ts'
import { budgets } from '../../../../src/providers/microsoft/limits.ts'
import { hastyClock } from '../../../backup/bench-archive.ts'
import { drain } from '../../../contracts/content.ts'
import { listAll, never } from '../../../contracts/listed.ts'
import { connectOneNote } from './connect-onenote.ts'

test('the documented limits of a minute, of an hour and at once are never reached: no request is refused', async () => {
  const clock = hastyClock()
  const at = await connectOneNote({ clock, budgets })
  try {
    const { id: notebook } = at.model.addNotebook('N')
    const { id: section } = at.model.addSection(notebook, 'S')
    for (let number = 0; number < 450; number++) at.model.addPage(section, `P${number}`, '')
    at.api.limit(documentedLimits)
    const source = at.open()
    const pages = [...(await listAll(source, [])).items.values()].filter(({ kind }) => kind === 'file')
    expect(pages).toHaveLength(450)
    const queue = [...pages]
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let page = queue.shift(); page !== undefined; page = queue.shift())
          await drain(await source.fetch(page, page.parts[0]!, { from: 0, signal: never }))
      }),
    )
    const statuses = new Set(at.log.requests.map(({ status }) => status))
    expect([...statuses]).toEqual([200])
    expect(at.log.requests.length).toBeGreaterThan(450)
    // More than an hour's requests take more than an hour, in the clock's time.
    expect(clock.ahead).toBeGreaterThan(3_600_000)
  } finally {
    await at.close()
  }
})

test('processes one after another keep the hour’s quota together: each begins with what the last ones left', async () => {
  const clock = hastyClock()
  const levels = new Map<string, Level>()
  const kept: KeptLevels = { read: (budget) => levels.get(budget), write: (budget, level) => levels.set(budget, level) }
  const at = await connectOneNote({ clock, budgets, kept })
  try {
    const { id: notebook } = at.model.addNotebook('N')
    const { id: section } = at.model.addSection(notebook, 'S')
    for (let number = 0; number < 30; number++) at.model.addPage(section, `P${number}`, '')
    at.api.limit(documentedLimits)
    // Fifteen runs of thirty-five requests in the time of one and a half hours; each with a transport of its own, as a process has.
    for (let run = 0; run < 15; run++) {
      const source = at.open()
      const pages = [...(await listAll(source, [])).items.values()].filter(({ kind }) => kind === 'file')
      for (const page of pages) await drain(await source.fetch(page, page.parts[0]!, { from: 0, signal: never }))
    }
    expect(at.log.requests.length).toBeGreaterThan(480)
    expect(at.log.requests.filter(({ status }) => status !== 200)).toEqual([])
    const times = at.log.requests.map(({ time }) => time)
    const busiest = Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + 3_600_000).length))
    expect(busiest).toBeLessThanOrEqual(400)
  } finally {
    await at.close()
  }
})

test('where others use most of the hour’s quota: the rests grow, what was refused does not come again at once, and everything comes in the end', async () => {
  const clock = hastyClock()
  const at = await connectOneNote({ clock, budgets, limits: {} })
  try {
    const { id: notebook } = at.model.addNotebook('N')
    const { id: section } = at.model.addSection(notebook, 'S')
    for (let number = 0; number < 60; number++) at.model.addPage(section, `P${number}`, '')
    at.api.limit({ ...documentedLimits, perHour: 25 })
    const source = at.open()
    const queue = [...(await listAll(source, [])).items.values()].filter(({ kind }) => kind === 'file')
    let ended = 0
    const fetchSome = async () => {
      for (let page = queue.shift(); page !== undefined; page = queue.shift()) {
        try {
          await drain(await source.fetch(page, page.parts[0]!, { from: 0, signal: never }))
        } catch (error) {
          if (!(error instanceof Failure) || error.kind !== 'throttled' || error.retryAfter === undefined) throw error
          queue.push(page)
          ended++
          await clock.sleep(Math.max(0, error.retryAfter - clock.now()))
        }
      }
    }
    await Promise.all(Array.from({ length: 5 }, fetchSome))
    const answers = at.log.requests.map(({ status, time }) => ({ status, time }))
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(60)
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.length).toBeLessThan(40)
    expect(ended).toBeGreaterThan(0)
    // Never more than a few in the minute after a refusal: those that were on their way, and the first try after the rest.
    for (const { time } of refused)
      expect(answers.filter((one) => one.time > time && one.time <= time + 60_000).length).toBeLessThanOrEqual(6)
  } finally {
    await at.close()
  }
})

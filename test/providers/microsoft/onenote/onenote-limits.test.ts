import { expect, test } from 'vitest'
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

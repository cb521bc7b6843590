import { expect, onTestFinished, test } from 'vitest'
import { wordsOf } from '../../src/language/words.ts'
import { makeReport } from '../../src/report/make-report.ts'
import { writeReport } from '../../src/report/write-report.ts'
import { everyState } from './every-state.ts'

test('a journal that states what cannot be is said to be damaged, and what to do', async () => {
  const bench = await everyState()
  onTestFinished(() => bench.dispose())
  const words = wordsOf('en')
  const report = makeReport({ journal: bench.journal, accounts: [], software: 'test', now: bench.clock.now(), words })
  const impossible = { ...report, total: { ...report.total, items: -1 } }
  await expect(writeReport(bench.root, impossible, words)).rejects.toMatchObject({
    kind: 'corrupt',
    message: expect.stringContaining('total.items'),
    hint: expect.stringContaining('holdall verify'),
  })
  await writeReport(bench.root, report, words)
})

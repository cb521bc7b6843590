import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { type Report, reportSchema } from '../../src/report/report-schema.ts'
import { startCloud } from '../journeys/cloud.ts'
import { run } from '../journeys/program.ts'

test.each([403, 500])(
  'a service that refuses its totals with %d leaves a complete run at 0, with a line in the log',
  async (status) => {
    const cloud = await startCloud({ accounts: ['google'], settings: 'limits: { retryFor: 1s }', swift: true })
    const { place, drive, google } = cloud
    drive.addFile('kept.txt', 'kept')
    google.addFault({ match: { pathPattern: /\/about$/ }, times: 99, do: { status } })
    const ended = await run(place, ['backup'])
    expect(ended.status, ended.stderr).toBe(0)
    const logs = path.join(place.archive, '.holdall/logs')
    const log = readdirSync(logs)
      .map((name) => readFileSync(path.join(logs, name), 'utf8'))
      .join('')
    const lines = log.split('\n').filter((line) => line.includes('the totals that the service itself shows could not be read'))
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: 'notice', level: 'info', source: 'google/drive' })
    const report: Report = reportSchema.parse(JSON.parse(readFileSync(path.join(place.archive, 'report.json'), 'utf8')))
    expect(report).toMatchObject({ verdict: 'complete', sources: [{ source: 'google/drive', verdict: 'complete' }] })
    expect(report.sources[0]).not.toHaveProperty('displayed')
  },
)

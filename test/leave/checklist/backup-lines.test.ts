import { describe, expect, test } from 'vitest'
import { type BackupFacts, backupLines } from '../../../src/leave/checklist/backup-lines.ts'

const at = (iso: string) => Date.parse(iso)
const now = at('2027-03-01T00:00:00Z')
const source = { source: 'home/files', complete: true, butFor: 0, open: 0, asOf: at('2027-02-28T00:00:00Z') }
const verify = { ended: at('2027-02-28T01:00:00Z'), read: 'every-byte' as const, sources: null, files: 9, bytes: 99, damaged: 0 }
const copy = { ended: at('2027-02-28T02:00:00Z'), to: '/media/disk', run: 3, sameDisk: false, damaged: 0 }
const archive = { sources: [source], verify, savedSinceVerify: false, synced: undefined, copy, run: 3 }
const last = { day: '2027-03-31', ends: at('2027-03-31T23:59:59Z'), accounts: ['home'] }
const facts: BackupFacts = { now, archive, lastDays: [last], lastDayRule: undefined }

const states = (given: BackupFacts) => backupLines(given).map(({ about, state }) => [about, state])
const line = (given: BackupFacts, about: string) => backupLines(given).filter((one) => one.about === about)
const changed = (change: Partial<NonNullable<BackupFacts['archive']>>): BackupFacts => ({
  ...facts,
  archive: { ...archive, ...change },
})

test('all is well but for the last day, which is still to come', () => {
  expect(states(facts)).toEqual([
    ['backups-complete', 'done'],
    ['backups-verified', 'done'],
    ['last-day', 'to-do'],
    ['archive-place', 'done'],
    ['second-copy', 'done'],
  ])
  const [lastDay] = line(facts, 'last-day')
  expect(lastDay?.why.en).toBe('The last day of home is 2027-03-31 (in 30 days): run the backup once more then.')
  expect(lastDay?.why.ja).toContain('2027年3月31日（あと 30 日）')
  expect(lastDay?.next).toEqual([{ command: 'holdall backup' }])
})

test('without an archive nothing is saved, and nothing else is claimed', () => {
  expect(states({ ...facts, archive: undefined })).toEqual([
    ['backups-complete', 'to-do'],
    ['last-day', 'to-do'],
  ])
})

describe('complete', () => {
  test('a source that is not is named, with what is missing; one that was never listed is not called empty', () => {
    const open = { ...source, source: 'home/mail', complete: false, open: 1234 }
    const unknown = { ...source, source: 'home/notes', complete: false, asOf: undefined }
    const lines = line(changed({ sources: [source, open, unknown] }), 'backups-complete')
    expect(lines.map(({ state, what, why }) => [state, what.en, why.en])).toEqual([
      ['to-do', 'Everything of home/mail is saved', '1,234 items are still missing.'],
      [
        'to-do',
        'Everything of home/notes is saved',
        'It is not known whether anything is missing: it was never listed to its end, or could not be finished.',
      ],
    ])
  })
  test('no source at all is never complete', () => {
    expect(line(changed({ sources: [] }), 'backups-complete')[0]?.state).toBe('to-do')
  })
  test('the oldest of the times counts, and what cannot be had is said', () => {
    const older = { ...source, source: 'home/mail', asOf: at('2027-01-01T10:00:00Z'), butFor: 2 }
    const [complete] = line(changed({ sources: [source, older] }), 'backups-complete')
    expect(complete?.why.en).toBe(
      'All 2 sources are complete: as of 2027-01-01 10:00 UTC nothing older is missing. 2 items cannot be had this way or were left out; the report names them.',
    )
    const [timeless] = line(changed({ sources: [source, { ...older, asOf: undefined }] }), 'backups-complete')
    expect(timeless?.why.en).not.toContain('as of')
  })
})

test.each([
  ['never', { verify: undefined }, 'to-do'],
  ['damage was found', { verify: { ...verify, damaged: 2 } }, 'to-do'],
  ['something was saved since', { savedSinceVerify: true }, 'to-do'],
  ['sizes alone', { verify: { ...verify, read: 'sizes' as const } }, 'look'],
  ['one source alone', { verify: { ...verify, sources: ['home/files'] } }, 'look'],
  ['every byte', {}, 'done'],
])('verified: %s', (_, change, state) => {
  expect(line(changed(change), 'backups-verified')[0]?.state).toBe(state)
})

describe('the last day', () => {
  const days = (asOf: string, when = '2027-04-02T00:00:00Z') =>
    line({ ...changed({ sources: [{ ...source, asOf: at(asOf) }] }), now: at(when) }, 'last-day')[0]
  test('a backup on it is the last one', () => expect(days('2027-03-31T08:00:00Z')?.state).toBe('done'))
  test('one of the day before is not', () => expect(days('2027-03-30T08:00:00Z')?.state).toBe('to-do'))
  test('it has passed', () => expect(days('2027-03-01T00:00:00Z')?.why.en).toContain('has passed without one'))
  test('one source of the account that was not taken on it keeps it open', () => {
    const late = { ...source, asOf: at('2027-03-31T08:00:00Z') }
    const given = changed({ sources: [late, { ...source, source: 'home/mail' }] })
    expect(line(given, 'last-day')[0]?.state).toBe('to-do')
    expect(line(changed({ sources: [late, { ...source, source: 'other/mail' }] }), 'last-day')[0]?.state).toBe('done')
  })
  test('it is not known: the rule is named', () => {
    const rule = { text: { en: 'the end of the term', ja: '学期末' }, page: 'https://example.ac.jp/leave' }
    const [unknown] = line({ ...facts, lastDays: [], lastDayRule: rule }, 'last-day')
    expect(unknown).toMatchObject({ state: 'unknown', next: [rule, { command: 'holdall plan --until DATE' }] })
  })
})

test.each([
  ['certain' as const, 'to-do'],
  ['likely' as const, 'look'],
])('a synced folder, %s', (certainty, state) => {
  const [place] = line(changed({ synced: { client: 'OneDrive', root: '/home/me/OneDrive', certainty } }), 'archive-place')
  expect(place).toMatchObject({ state, facts: { root: '/home/me/OneDrive' } })
  expect(place?.why.en).toContain('OneDrive')
})

test.each([
  ['none is known', { copy: undefined }, 'look', 'holdall copy DIR'],
  ['older than the last backup', { run: 4 }, 'to-do', 'holdall copy "/media/disk"'],
  ['damaged', { copy: { ...copy, damaged: 1 } }, 'to-do', 'holdall copy "/media/disk"'],
  ['on the same disk', { copy: { ...copy, sameDisk: true } }, 'look', 'holdall copy DIR'],
  ['on another one', {}, 'done', undefined],
  ['the system does not say which disk', { copy: { ...copy, sameDisk: null } }, 'done', undefined],
])('a second copy: %s', (_, change, state, command) => {
  const [second] = line(changed(change), 'second-copy')
  expect([second?.state, second?.next[0]?.command]).toEqual([state, command])
})

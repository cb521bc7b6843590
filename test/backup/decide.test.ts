import { describe, expect, test } from 'vitest'
import { type Decision, decide, merge, withLinkFile } from '../../src/backup/decide.ts'
import type { Item, Part } from '../../src/core/item.ts'
import type { ItemRow } from '../../src/journal/rows.ts'

const file = (more: Partial<Item> = {}): Item => ({
  id: 'x',
  kind: 'file',
  version: '1',
  name: 'x.txt',
  parts: [{ key: 'file' }],
  details: {},
  ...more,
})

function row(more: Partial<ItemRow> = {}): ItemRow {
  return {
    ...{ n: 1, source: 1, id: 'x', stream: 's', kind: 'file', version: '1', folder_version: null, name: 'x.txt', parent: null },
    ...{ fallback: null, dir: -1, modified: null, link: null, twin: null, parts: '[{"key":"file"}]', details: '{}' },
    ...{ unexportable: null, excluded: null, waiting: null, generation: 1, state: 'saved', reason: null, hint: null },
    ...{ failure: null, run: 1, missing: null, vanished: null },
    ...more,
  } as ItemRow
}

const kept = (state: Decision['state'], reason: string | null = null): Decision => ({ state, reason, since: 'kept' })
const fresh = (state: Decision['state'], reason: string | null = null): Decision => ({ state, reason, since: 'fresh' })
const noExport = { reason: 'no-export', message: 'the service offers no download' } as const

describe('decide', () => {
  test.each<[string, Item, ItemRow | undefined, Decision]>([
    ['new', file(), undefined, fresh('pending')],
    ['saved, same version', file(), row(), kept('saved')],
    ['saved, gone for a while, same version', file(), row({ vanished: 5 }), kept('saved')],
    ['saved, new version', file({ version: '2' }), row(), fresh('pending')],
    ['saved, one more part', file({ parts: [{ key: 'file' }, { key: 'pdf' }] }), row(), fresh('pending')],
    ['saved, one part fewer', file(), row({ parts: '[{"key":"file"},{"key":"pdf"}]' }), kept('saved')],
    ['saved, now excluded', file({ excluded: 'trash' }), row(), kept('saved')],
    ['saved, new version, now excluded', file({ version: '2', excluded: 'trash' }), row(), fresh('excluded', 'trash')],
    ['new, excluded', file({ excluded: 'trash' }), undefined, fresh('excluded', 'trash')],
    ['excluded, not any more', file(), row({ state: 'excluded', excluded: 'trash' }), fresh('pending')],
    [
      'left out by this run’s filter',
      file(),
      row({ state: 'excluded', reason: 'by --exclude' }),
      kept('excluded', 'by --exclude'),
    ],
    ['failed in this run', file(), row({ state: 'failed', reason: 'why' }), kept('failed', 'why')],
    ['failed, new version', file({ version: '2' }), row({ state: 'failed', reason: 'why' }), fresh('pending')],
    ['pending', file(), row({ state: 'pending', reason: 'why' }), kept('pending', 'why')],
    ['pending, new version', file({ version: '2' }), row({ state: 'pending', reason: 'why' }), fresh('pending')],
    ['gone, back again', file(), row({ state: 'gone', vanished: 5 }), fresh('pending')],
    ['waiting', file({ waiting: 'still processing' }), undefined, fresh('pending', 'still processing')],
    ['waiting no longer', file(), row({ state: 'pending', waiting: 'still processing' }), fresh('pending')],
    ['without bytes and page', file({ parts: [], unexportable: noExport }), undefined, fresh('unexportable', noExport.message)],
    ['refused, same version', file(), row({ state: 'unexportable', reason: 'why' }), kept('unexportable', 'why')],
    ['without parts', file({ parts: [] }), undefined, fresh('saved')],
    ['folder, new', file({ kind: 'folder', parts: [] }), undefined, fresh('saved')],
    ['folder, known', file({ kind: 'folder', parts: [], version: '2' }), row({ kind: 'folder', parts: '[]' }), kept('saved')],
    [
      'folder that failed',
      file({ kind: 'folder', parts: [] }),
      row({ kind: 'folder', parts: '[]', state: 'failed' }),
      fresh('saved'),
    ],
    ['folder, once a file', file({ kind: 'folder', parts: [] }), row(), fresh('saved')],
    ['file, once a folder', file(), row({ kind: 'folder', parts: '[]' }), fresh('pending')],
    ['place', file({ kind: 'place', parts: [] }), undefined, fresh('saved')],
    ['record', file({ kind: 'record', parts: [] }), undefined, fresh('saved')],
  ])('%s', (_, item, known, expected) => {
    expect(decide(item, known)).toEqual(expected)
  })
})

describe('withLinkFile', () => {
  const link = { key: 'link', name: 'x.txt.url', inline: '[InternetShortcut]\r\nURL=https://a.example/x\r\n' }
  test.each<[string, Item, readonly Part[]]>([
    ['refused, with a page', file({ parts: [], unexportable: noExport, link: 'https://a.example/x' }), [link]],
    [
      'a line break in the address adds no line',
      file({ parts: [], unexportable: noExport, link: 'https://a.\r\nexample/x' }),
      [link],
    ],
    ['refused, without a page', file({ parts: [], unexportable: noExport }), []],
    ['partly refused', file({ unexportable: noExport, link: 'https://a.example/x' }), [{ key: 'file' }]],
    ['not refused', file({ parts: [], link: 'https://a.example/x' }), []],
  ])('%s', (_, item, parts) => {
    expect(withLinkFile(item).parts).toEqual(parts)
  })
})

describe('merge', () => {
  test('takes a new item as it is', () => {
    expect(merge(file(), undefined)).toEqual(file())
  })
  test('keeps what only the content said, when the listing has just the id', () => {
    const bare: Item = { id: 'x', kind: 'file', version: '1', parts: [{ key: 'raw' }], details: { labels: ['INBOX'] } }
    const known = row({
      name: 'Subject',
      modified: 7,
      parts: '[{"key":"raw","name":"Subject.eml"}]',
      details: '{"from":"a@b.example","labels":[]}',
    })
    expect(merge(bare, known)).toEqual({
      ...bare,
      name: 'Subject',
      modified: 7,
      parts: [{ key: 'raw', name: 'Subject.eml' }],
      details: { from: 'a@b.example', labels: ['INBOX'] },
    })
  })
  test('keeps parts that only the content revealed, for as long as the version is the same', () => {
    const known = row({ parts: '[{"key":"file"},{"key":"more:picture"}]' })
    expect(merge(file(), known).parts).toEqual([{ key: 'file' }, { key: 'more:picture' }])
    expect(merge(file({ version: '2' }), known).parts).toEqual([{ key: 'file' }])
  })
  test('keeps a refusal that the download brought, for as long as the version is the same', () => {
    const refused = { ...noExport, atFetch: true }
    const known = row({ state: 'unexportable', unexportable: JSON.stringify(refused), parts: '[{"key":"link","inline":"x"}]' })
    expect(merge(file(), known)).toMatchObject({ unexportable: noExport, parts: [{ key: 'link', inline: 'x' }] })
    expect(merge(file({ version: '2' }), known)).toEqual(file({ version: '2' }))
  })
  test('drops a refusal that the listing once stated and states no more', () => {
    const known = row({ state: 'unexportable', unexportable: JSON.stringify(noExport), parts: '[{"key":"link","inline":"x"}]' })
    expect(merge(file(), known)).toEqual(file())
  })
})

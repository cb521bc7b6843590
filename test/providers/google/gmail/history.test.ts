import { describe, expect, test } from 'vitest'
import { mailDetails } from '../../../../src/core/mail.ts'
import { digestNames, hasRenamed } from '../../../../src/providers/google/gmail/cursor.ts'
import { foldHistory } from '../../../../src/providers/google/gmail/history.ts'
import { labelDetails } from '../../../../src/providers/google/gmail/labels.ts'
import { createRecentMessages } from '../../../../src/providers/google/gmail/recent.ts'
import { historyList } from '../../../../src/providers/google/gmail/schema.ts'

const fold = (...history: object[]) => foldHistory(historyList.parse({ historyId: '99', history }).history)
const message = (id: string, labelIds?: string[]) => ({ message: { id, ...(labelIds && { labelIds }) } })

describe('the log of changes', () => {
  test('nothing', () => expect(fold()).toEqual({ gone: [], changes: new Map() }))

  test('a message came', () => {
    const { changes } = fold({ id: '1', messagesAdded: [message('a', ['INBOX'])] })
    expect(changes.get('a')).toEqual({ restated: true, relabelled: false, labels: ['INBOX'], at: '1' })
  })

  test('a message came and went', () => {
    expect(fold({ id: '1', messagesAdded: [message('a')] }, { id: '2', messagesDeleted: [message('a')] })).toEqual({
      gone: ['a'],
      changes: new Map(),
    })
  })

  test('labels: the last word counts, whether a record states the labels before or after its change', () => {
    const { changes } = fold(
      { id: '1', labelsAdded: [{ ...message('a', ['INBOX']), labelIds: ['STARRED'] }] },
      { id: '2', labelsRemoved: [{ ...message('a', ['INBOX', 'STARRED']), labelIds: ['INBOX'] }] },
    )
    expect(changes.get('a')).toEqual({ restated: false, relabelled: true, labels: ['STARRED'], at: '2' })
  })

  test('labels that are not told have to be asked for', () => {
    const { changes } = fold({ id: '1', labelsRemoved: [{ ...message('a'), labelIds: ['INBOX'] }] })
    expect(changes.get('a')).toMatchObject({ relabelled: true, labels: undefined })
  })

  test.each(['SPAM', 'TRASH'])('into and out of %s is named anew', (label) => {
    const into = fold({ id: '1', labelsAdded: [{ ...message('a', [label]), labelIds: [label] }] })
    expect(into.changes.get('a')).toMatchObject({ restated: true, relabelled: true, labels: [label] })
    const out = fold({ id: '1', labelsRemoved: [{ ...message('a', ['INBOX']), labelIds: [label] }] })
    expect(out.changes.get('a')).toMatchObject({ restated: true, labels: ['INBOX'] })
  })

  test('a message that came keeps that through later changes of its labels', () => {
    const { changes } = fold(
      { id: '1', messagesAdded: [message('a', ['INBOX'])] },
      { id: '2', labelsAdded: [{ ...message('a', ['INBOX']), labelIds: ['Label_1'] }] },
    )
    expect(changes.get('a')).toEqual({ restated: true, relabelled: true, labels: ['INBOX', 'Label_1'], at: '2' })
  })
})

describe('labels', () => {
  const names = new Map([
    ['Label_1', 'Work/日本'],
    ['Label_2', 'Inbox '],
  ])
  test('as the export reads them', () => {
    const details = labelDetails(
      ['UNREAD', 'INBOX', 'Label_1', 'CATEGORY_UPDATES', 'STARRED', 'DRAFT', 'INBOX', 'Label_9', 'YELLOW_STAR'],
      names,
    )
    expect(mailDetails.parse(details)).toEqual({
      labels: ['Category Updates', 'Drafts', 'Inbox', 'Label_9', 'Starred', 'Work/日本', 'Yellow Star'],
      flags: { seen: false, flagged: true, draft: true, trashed: false },
    })
  })

  test('of a message without any', () => {
    expect(labelDetails([], names)).toMatchObject({
      labels: [],
      labelIds: [],
      flags: { seen: true, trashed: false, spam: false },
    })
  })

  test('renamed and deleted ones are noticed, new ones are told by the log', () => {
    const before = digestNames(names)
    expect(hasRenamed(before, digestNames(names))).toBe(false)
    expect(hasRenamed(before, digestNames(new Map([...names, ['Label_3', 'new']])))).toBe(false)
    expect(hasRenamed(before, digestNames(new Map([...names, ['Label_1', 'Job']])))).toBe(true)
    expect(hasRenamed(before, digestNames(new Map([['Label_1', 'Work/日本']])))).toBe(true)
  })
})

describe('messages on their way', () => {
  test('labels that the log tells after the download win, those from before it do not', () => {
    const recent = createRecentMessages()
    recent.begin('a')
    recent.relabel('a', '20', { labels: ['new'] })
    recent.relabel('unknown', '20', { labels: ['new'] })
    expect(recent.complete('a', '19', { labels: ['old'], thread: 't' })).toEqual({ labels: ['new'], thread: 't' })
    expect(recent.complete('a', '20', { labels: ['old'] })).toEqual({ labels: ['old'] })
    expect(recent.complete('a', undefined, { labels: ['old'] })).toEqual({ labels: ['new'] })
    expect(recent.complete('unknown', '1', { labels: ['old'] })).toEqual({ labels: ['old'] })
  })

  test('history ids beyond a number', () => {
    const recent = createRecentMessages()
    recent.begin('a')
    recent.relabel('a', '9007199254740993', { labels: ['new'] })
    expect(recent.complete('a', '9007199254740992', { labels: ['old'] })).toEqual({ labels: ['new'] })
  })
})

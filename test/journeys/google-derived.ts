import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Derived, metadataOf } from './archive-check.ts'
import type { GoogleModels } from './google-account.ts'

/** Mail settings, contacts.vcf, calendars and tasks: files that are made of many things of an account. */
export function googleDerived(models: GoogleModels): Derived {
  return {
    is: (file) => /^data\/google\/(gmail\/settings\/|contacts\/[^/]+$|calendar\/|tasks\/)/.test(file),
    wrongNow: (file, bytes) => torn(file, bytes.toString()),
    differences: (archive) => {
      const read = (file: string) => {
        const at = path.join(archive, 'data/google', file)
        return existsSync(at) ? readFileSync(at, 'utf8') : ''
      }
      return [
        ...ofContacts(models, read),
        ...ofCalendars(models, read),
        ...ofTasks(models, read),
        ...ofLabels(models, archive, read),
      ]
    },
  }
}

/** Why a file is not a whole one. */
function torn(file: string, text: string): string | undefined {
  if (file.endsWith('.json')) {
    try {
      JSON.parse(text)
      return undefined
    } catch (error) {
      return `no JSON: ${error}`
    }
  }
  // In place of a setting that Gmail does not show.
  if (file.endsWith('.url')) return /^\[InternetShortcut\]\r?\nURL=https:\S+\r?\n$/.test(text) ? undefined : 'no link'
  const name = file.endsWith('.vcf') ? 'VCARD' : 'VCALENDAR'
  const [begun, ended] = [text.split(`BEGIN:${name}\r\n`).length, text.split(`END:${name}\r\n`).length]
  return text.startsWith(`BEGIN:${name}\r\n`) && text.endsWith(`END:${name}\r\n`) && begun === ended ? undefined : 'not whole'
}

type Read = (file: string) => string
type Lines = readonly string[]

/** The components of that name in a file, as unfolded lines. */
function components(text: string, name: string): Lines[] {
  const unfolded = text.replaceAll('\r\n ', '')
  return [...unfolded.matchAll(new RegExp(`BEGIN:${name}\\r\\n([\\s\\S]*?)END:${name}\\r\\n`, 'g'))].map(([, inner = '']) =>
    inner.split('\r\n'),
  )
}
const value = (lines: Lines, name: string) => lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1)
const isGone = (lines: Lines) => lines.includes('X-HOLDALL-GONE:TRUE')

/** What the archive has and the source has not, and the other way round. */
function differ(what: string, actual: readonly string[], expected: readonly string[]): string[] {
  const [left, right] = [actual.toSorted(), expected.toSorted()]
  if (JSON.stringify(left) === JSON.stringify(right)) return []
  const more = left.filter((one) => !right.includes(one))
  const fewer = right.filter((one) => !left.includes(one))
  return [`${what} (${left.length} instead of ${right.length}): has ${more.join(', ')}; lacks ${fewer.join(', ')}`]
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex').slice(0, 16)

function ofContacts({ people }: GoogleModels, read: Read): string[] {
  const cards = components(read('contacts/contacts.vcf'), 'VCARD').filter((card) => !isGone(card))
  const shown = cards.map((card) => {
    const [, photo] = value(card, 'PHOTO')?.split(';base64,') ?? []
    return [value(card, 'UID;VALUE=TEXT'), value(card, 'FN'), photo && digest(Buffer.from(photo, 'base64'))].join(' ')
  })
  const there = people.contacts.alive().map(({ id, value: { fields, photo } }) => {
    const picture = photo === undefined ? undefined : digest(people.photos.get(photo)!.full)
    return [id, fields.names?.[0]?.displayName, picture].join(' ')
  })
  return differ('contacts.vcf', shown, there)
}

interface Kept {
  readonly id: string
  readonly summary?: string
  readonly title?: string
  readonly status?: string
  readonly goneAtSource?: true
}

function ofCalendars({ calendar }: GoogleModels, read: Read): string[] {
  return calendar.entries.alive().flatMap(({ id, value: entry }) => {
    const events = calendar.calendar(id)!.events.alive()
    const living = events.filter((one) => one.value.fields.status !== 'cancelled')
    const kept = (JSON.parse(read(`calendar/${entry.summary}.json`) || '{"events":[]}') as { events: Kept[] }).events
    const shown = kept.filter((one) => one.goneAtSource !== true)
    const written = components(read(`calendar/${entry.summary}.ics`), 'VEVENT').filter((one) => !isGone(one))
    return [
      ...differ(
        `events of ${entry.summary}`,
        shown.filter((one) => one.status !== 'cancelled').map((one) => `${one.id} ${one.summary}`),
        living.map((one) => `${one.id} ${one.value.fields.summary}`),
      ),
      ...differ(
        `occurrences taken out of ${entry.summary}`,
        shown.filter((one) => one.status === 'cancelled').map((one) => one.id),
        events.filter((one) => one.value.fields.status === 'cancelled').map((one) => one.id),
      ),
      ...differ(
        `${entry.summary}.ics`,
        written.map((one) => value(one, 'SUMMARY') ?? ''),
        living.map((one) => String(one.value.fields.summary)),
      ),
    ]
  })
}

function ofTasks({ tasks }: GoogleModels, read: Read): string[] {
  return [...tasks.lists.values()].flatMap((list) => {
    const kept = (JSON.parse(read(`tasks/${list.title}.json`) || '{"tasks":[]}') as { tasks: Kept[] }).tasks
    const written = components(read(`tasks/${list.title}.ics`), 'VTODO').filter((one) => !isGone(one))
    const there = [...list.tasks.values()]
    const done = (is: boolean) => (is ? 'completed' : 'needsAction')
    return [
      ...differ(
        `tasks of ${list.title}`,
        kept.filter((one) => one.goneAtSource !== true).map((one) => `${one.id} ${one.title} ${one.status}`),
        there.map((one) => `${one.id} ${one.title} ${done(one.completed !== undefined)}`),
      ),
      ...differ(
        `${list.title}.ics`,
        written.map((one) => value(one, 'SUMMARY') ?? ''),
        there.map((one) => one.title),
      ),
    ]
  })
}

/** Labels as they stand in the metadata, message by message, and the list of them. */
function ofLabels({ mailbox }: GoogleModels, archive: string, read: Read): string[] {
  const names = new Map(mailbox.labels().map((label) => [label.id, label]))
  const own = (ids: readonly string[]) => ids.flatMap((id) => (names.get(id)?.type === 'user' ? [names.get(id)!.name] : []))
  const wrong = metadataOf(archive, 'google/gmail').flatMap(({ id, state, details, goneAtSource }) => {
    const message = mailbox.get(id)
    if (message === undefined || goneAtSource !== undefined || state !== 'saved') return []
    const { labelIds = [], labels = [] } = details as { labelIds?: string[]; labels?: string[] }
    return [
      ...differ(`labels of ${id}`, labelIds, message.labelIds),
      ...own(message.labelIds)
        .filter((name) => !labels.includes(name))
        .map((name) => `${id} lacks the label ${name}`),
    ]
  })
  const listed = (JSON.parse(read('gmail/settings/labels.json') || '{"labels":[]}') as { labels: { id: string; name: string }[] })
    .labels
  return [
    ...wrong,
    ...differ(
      'labels.json',
      listed.map(({ id, name }) => `${id} ${name}`),
      mailbox.labels().map(({ id, name }) => `${id} ${name}`),
    ),
  ]
}

import { createHash } from 'node:crypto'
import { Failure } from '../../../core/failure.ts'
import type { Item } from '../../../core/item.ts'
import type { Json, JsonObject } from '../../../core/json.ts'
import type { Page } from '../../../core/source.ts'
import type { GmailApi, SettingCall } from './api.ts'
import type { Labels } from './labels.ts'

const cursor = 'settings 1'

interface Setting {
  readonly file: string
  /** The page of Gmail's settings that shows it. */
  readonly page: string
  read(signal: AbortSignal): Promise<JsonObject>
}

/**
 * The settings of a mailbox, one file each, all read anew in every run: one unit each, and no log tells their changes.
 * https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings
 */
export async function settingsPage(
  { api, labels, signal }: { readonly api: GmailApi; readonly labels: Labels; readonly signal: AbortSignal },
  since: string | undefined,
): Promise<Page> {
  const items: Item[] = []
  for (const setting of settingsOf(api, labels)) items.push(await settingItem(setting, signal))
  // The same ones every time; what this version does not name any more ends with its cursor.
  return { items, cursor, ...(since !== cursor && { startsOver: true }) }
}

function settingsOf(api: GmailApi, labels: Labels): readonly Setting[] {
  const setting = (file: string, page: string, name: SettingCall): Setting => ({
    file,
    page,
    read: (signal) => api.setting(name, signal),
  })
  return [
    {
      file: 'labels',
      page: 'labels',
      read: async (signal) => ({ labels: (await labels.list(signal)) as readonly JsonObject[] }),
    },
    setting('filters', 'filters', 'filters'),
    setting('auto-forwarding', 'fwdandpop', 'autoForwarding'),
    setting('forwarding-addresses', 'fwdandpop', 'forwardingAddresses'),
    setting('send-as', 'accounts', 'sendAs'),
    setting('vacation', 'general', 'vacation'),
    setting('imap', 'fwdandpop', 'imap'),
    setting('pop', 'fwdandpop', 'pop'),
    setting('language', 'general', 'language'),
    setting('delegates', 'accounts', 'delegates'),
  ]
}

async function settingItem({ file, page, read }: Setting, signal: AbortSignal): Promise<Item> {
  const name = `${file}.json`
  const common = {
    id: `settings/${file}`,
    kind: 'file',
    path: ['settings'],
    link: `https://mail.google.com/mail/u/0/#settings/${page}`,
  } as const
  try {
    const data = inOrder(await read(signal))
    const inline = `${JSON.stringify(data, null, 2)}\n`
    return {
      ...common,
      name,
      version: createHash('sha256').update(inline).digest('hex'),
      parts: [{ key: 'json', name, size: Buffer.byteLength(inline), format: 'json', inline }],
      details: forwarding(file, data),
    }
  } catch (error) {
    const failure = Failure.from(error)
    if (signal.aborted || failure.stops !== 'item' || (failure.kind !== 'forbidden' && failure.kind !== 'gone')) throw error
    // Delegates are shown to programs of the organisation's administrator alone:
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.delegates/list
    const message = 'Gmail does not show this setting to a program of yours. Open its page, and copy what you need by hand.'
    return {
      ...common,
      name,
      version: 'refused',
      parts: [],
      unexportable: { reason: 'download-forbidden', message },
      details: {},
    }
  }
}

/** Lists come in any order; what stayed the same must look the same. */
function inOrder(data: JsonObject): JsonObject {
  const key = (entry: Json): string => {
    if (entry === null || typeof entry !== 'object' || Array.isArray(entry)) return JSON.stringify(entry)
    const { id, sendAsEmail, forwardingEmail, delegateEmail } = entry as JsonObject
    return String(id ?? sendAsEmail ?? forwardingEmail ?? delegateEmail ?? JSON.stringify(entry))
  }
  const sorted = (list: readonly Json[]) => [...list].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, Array.isArray(value) ? sorted(value as readonly Json[]) : value]),
  )
}

/** Where mail goes on to by itself: it hides in two places, and a leaver has to find both. */
function forwarding(file: string, data: JsonObject): JsonObject {
  if (file === 'auto-forwarding') {
    return data.enabled === true ? { forwards: [{ to: data.emailAddress ?? null, what: 'all mail' }] } : {}
  }
  if (file !== 'filters' || !Array.isArray(data.filter)) return {}
  const forwards = (data.filter as readonly JsonObject[]).flatMap((filter): JsonObject[] => {
    const { forward } = (filter.action ?? {}) as JsonObject
    return typeof forward === 'string' ? [{ to: forward, filter: filter.id ?? null, criteria: filter.criteria ?? null }] : []
  })
  return { filters: data.filter.length, ...(forwards.length > 0 && { forwards }) }
}

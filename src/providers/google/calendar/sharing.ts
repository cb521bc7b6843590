import { z } from 'zod'
import type { CalendarApi } from './api.ts'

/**
 * Any one of these lets a program read with whom a calendar is shared; calendar.readonly does not:
 * https://developers.google.com/workspace/calendar/api/v3/reference/acl/list#auth
 */
export const sharingRight = 'https://www.googleapis.com/auth/calendar.acls.readonly'
const widerRights = ['https://www.googleapis.com/auth/calendar', 'https://www.googleapis.com/auth/calendar.acls']

export const maySeeSharing = (granted: readonly string[]): boolean =>
  granted.some((right) => right === sharingRight || widerRights.includes(right))

/** https://developers.google.com/workspace/calendar/api/v3/reference/acl#resource */
export const accessRules = z.object({
  items: z.array(z.object({ role: z.string(), scope: z.object({ type: z.string(), value: z.string().optional() }) })),
  nextPageToken: z.string().optional(),
})
export type AccessRule = z.infer<typeof accessRules>['items'][number]

/** Who uses a calendar besides the one whose account ends. */
export interface CalendarSharing {
  /** Addresses of people and groups who see its events, or may change them, those who may change first. */
  readonly people: readonly string[]
  /** The domain, or everyone (`public`), that sees its events. */
  readonly open: readonly string[]
}

/** Busy times alone are what an organisation shows of everyone's calendar anyway. */
const ranks = ['reader', 'writerWithoutPrivateAccess', 'writer', 'owner']

/** A calendar has itself among its rules, and the person. */
export function sharingOf(rules: readonly AccessRule[], own: (address: string) => boolean): CalendarSharing {
  const people = new Map<string, number>()
  const open = new Set<string>()
  for (const { role, scope } of rules) {
    const rank = ranks.indexOf(role)
    if (rank < 0) continue
    if (scope.type === 'default') open.add('public')
    else if (scope.value === undefined) continue
    else if (scope.type === 'domain') open.add(scope.value)
    else if (!own(scope.value)) people.set(scope.value, rank)
  }
  return { people: [...people].toSorted(([, a], [, b]) => b - a).map(([address]) => address), open: [...open] }
}

/** With whom a calendar is shared, asked now. Throws a Failure. */
export async function readSharing(
  api: CalendarApi,
  calendar: string,
  own: (address: string) => boolean,
  signal: AbortSignal,
): Promise<CalendarSharing> {
  const rules = await api.rules(calendar, signal)
  return sharingOf(rules, (address) => address === calendar || own(address))
}

/** Days in UTC, both within: https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/GET/users/{userId}/recordings ("the maximum range is a month"). */
export interface Window {
  readonly from: string
  readonly to: string
}

const dayMs = 86_400_000

export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)
/** Clocks may be wrong: what is listed up to tomorrow is listed up to now. */
export const dayAfter = (time: number): string => dayOf(time + dayMs)
const timeOf = (day: string): number => Date.parse(`${day}T00:00:00Z`)

/** The calendar months from one day to another, the first and the last of them cut. */
export function monthsBetween(from: string, to: string): Window[] {
  const windows: Window[] = []
  for (let at = from; at <= to; ) {
    const date = new Date(timeOf(at))
    const next = dayOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1))
    const last = dayOf(timeOf(next) - dayMs)
    windows.push({ from: at, to: last < to ? last : to })
    at = next
  }
  return windows
}

/** The day with which a text begins. */
export const dayIn = (text: string | undefined): string | undefined => /^\d{4}-\d\d-\d\d/.exec(text ?? '')?.[0]

/** Cut in two; undefined for a single day. */
export function halves({ from, to }: Window): [Window, Window] | undefined {
  if (from >= to) return undefined
  const middle = dayOf(timeOf(from) + Math.floor((timeOf(to) - timeOf(from)) / dayMs / 2) * dayMs)
  return [
    { from, to: middle },
    { from: dayOf(timeOf(middle) + dayMs), to },
  ]
}

/**
 * Whether an answer is about the whole window: a range that Zoom finds too wide it narrows, and says so by the dates that it repeats. That it stops
 * at its own today is no narrowing.
 */
export function coversWindow(
  { from, to }: Window,
  echo: { readonly from?: string | undefined; readonly to?: string | undefined },
  today: string,
): boolean {
  const [first, last] = [dayIn(echo.from), dayIn(echo.to)]
  return (first === undefined || first <= from) && (last === undefined || last >= to || last >= today)
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Milliseconds for people, in at most two units: `20 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. */
export function formatDuration(ms: number): string {
  const rounded = Math.max(0, ms)
  if (Math.round(rounded / second) < 60) return `${Math.round(rounded / second)} s`
  if (Math.round(rounded / second) < 3600) return two(rounded, minute, 'min', second, 's')
  if (Math.round(rounded / minute) < 24 * 60) return two(rounded, hour, 'h', minute, 'min')
  return two(rounded, day, 'd', hour, 'h')
}

/** `large` and the rest in `small`, rounded once, so that 59.6 minutes never become `0 h 60 min`. */
function two(ms: number, large: number, largeName: string, small: number, smallName: string): string {
  const smalls = Math.round(ms / small)
  const per = large / small
  const rest = smalls % per
  return rest === 0 ? `${smalls / per} ${largeName}` : `${Math.floor(smalls / per)} ${largeName} ${rest} ${smallName}`
}

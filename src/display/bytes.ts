const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']

/** A size in bytes for people, 1000-based as disks and providers count: `0 B`, `999 B`, `1.5 GB`, `12.3 MB`, `123 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 0) return `-${formatBytes(-bytes)}`
  let value = bytes
  let unit = 0
  // 999.5 would be shown as 1000; it is 1.0 of the next unit.
  while (unit < units.length - 1 && value >= (unit === 0 ? 1000 : 999.5)) {
    value /= 1000
    unit++
  }
  if (unit === 0) return `${Math.round(value)} B`
  return `${value < 99.95 ? value.toFixed(1) : value.toFixed(0)} ${units[unit]}`
}

const whole = new Intl.NumberFormat('en')

/** A count for people: `1,234`. */
export function formatCount(count: number): string {
  return whole.format(count)
}

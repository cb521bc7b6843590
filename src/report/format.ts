const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB']

/** A size for people, 1000-based as disks and services count: `999 bytes`, `1.5 GB`, `123 MB`. */
export function formatSize(bytes: number): string {
  let [value, unit] = [bytes, 0]
  while (unit < units.length - 1 && value >= (unit === 0 ? 1000 : 999.5)) [value, unit] = [value / 1000, unit + 1]
  if (unit === 0) return value === 1 ? '1 byte' : `${value} bytes`
  return `${value < 99.95 ? value.toFixed(1) : value.toFixed(0)} ${units[unit]}`
}

const whole = new Intl.NumberFormat('en')

/** A count for people: `1,234`. */
export function formatNumber(count: number): string {
  return whole.format(count)
}

/** ISO 8601 as people read it, always UTC: `2026-11-24 12:43 UTC`. */
export function formatTime(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`
}

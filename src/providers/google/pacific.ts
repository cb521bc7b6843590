const clockOfCalifornia = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  hourCycle: 'h23',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
})
const hour = 3_600_000

/** The next midnight in California, when Google's daily quotas start again; both in milliseconds since 1970. */
export function nextPacificMidnight(now: number): number {
  const at = (time: number) => {
    const parts = new Map(clockOfCalifornia.formatToParts(time).map(({ type, value }) => [type, Number(value)]))
    return { hours: parts.get('hour') ?? 0, minutes: parts.get('minute') ?? 0, seconds: parts.get('second') ?? 0 }
  }
  const { hours, minutes, seconds } = at(now)
  const guess = Math.floor(now / 1000) * 1000 + 24 * hour - ((hours * 60 + minutes) * 60 + seconds) * 1000
  // On the two days a year when clocks change, the guess is an hour off.
  const reached = at(guess).hours
  return reached === 23 ? guess + hour : reached === 1 ? guess - hour : guess
}

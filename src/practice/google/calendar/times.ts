/** `start` and `end` in Tokyo: `2025-02-03T10:00`. */
export const tokyo = (from: string, to: string) => ({
  start: { dateTime: `${from}:00+09:00`, timeZone: 'Asia/Tokyo' },
  end: { dateTime: `${to}:00+09:00`, timeZone: 'Asia/Tokyo' },
})

/** All day, up to, not including, `to`. */
export const days = (from: string, to: string) => ({ start: { date: from }, end: { date: to } })

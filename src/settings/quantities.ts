/** Powers of the suffix letters, as rclone reads them: K, M, G, T stand for 1024 and its powers. https://rclone.org/docs/#size-options */
const powers: Readonly<Record<string, number>> = { '': 0, k: 1, m: 2, g: 3, t: 4 }

/**
 * A rate or a size: `20M`, `1.5G`, `512KiB`, `20MB` (the decimal one), `65536`, with `/s` or without.
 * Returns bytes (per second), or undefined where the text is none of these. Bits (`20Mbit`) are not accepted: they would be off by eight.
 */
export function parseBytes(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(i?b?)(?:\/s)?$/i.exec(text.trim())
  const power = powers[match?.[2]?.toLowerCase() ?? '']
  if (match === null || power === undefined) return undefined
  if (power === 0 && match[3]?.toLowerCase().startsWith('i')) return undefined
  const base = match[3]?.toLowerCase() === 'b' ? 1000 : 1024
  return Math.round(Number(match[1]) * base ** power)
}

const milliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A duration: `60s`, `15m`, `1h30m`, `500ms`; a bare number is seconds. Returns milliseconds, or undefined where the text is none of these. */
export function parseDuration(text: string): number | undefined {
  const plain = text.trim().toLowerCase()
  if (/^\d+(?:\.\d+)?$/.test(plain)) return Math.round(Number(plain) * 1000)
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/.test(plain)) return undefined
  let total = 0
  for (const [, amount, unit] of plain.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g))
    total += Number(amount) * (milliseconds[unit ?? ''] ?? 0)
  return Math.round(total)
}

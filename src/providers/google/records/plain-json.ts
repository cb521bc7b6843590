import type { Json, JsonObject } from '../../../core/json.ts'

/** What becomes of a value under a key; undefined leaves it out. */
export type Change = (key: string, value: unknown) => unknown

/** An answer's object as details, with `change` applied to everything in it. What JSON cannot hold is left out. */
export function plainObject(value: object, change: Change = (_, inner) => inner): JsonObject {
  const entries: [string, Json][] = []
  for (const [key, inner] of Object.entries(value)) {
    const plain = plainJson(change(key, inner), change)
    if (plain !== undefined) entries.push([key, plain])
  }
  return Object.fromEntries(entries)
}

function plainJson(value: unknown, change: Change): Json | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (Array.isArray(value)) return value.map((inner) => plainJson(inner, change) ?? null)
  return typeof value === 'object' ? plainObject(value, change) : undefined
}

/** The address without the key of an old link-shared item of Drive, which opens it to anyone: https://developers.google.com/workspace/drive/api/guides/resource-keys */
export function withoutKey(address: string): string {
  return withoutParameters(address, (name) => name === 'resourcekey')
}

/** The address without those query parameters (names in lower case); untouched where there is none of them. */
export function withoutParameters(address: string, unwanted: (name: string) => boolean): string {
  if (!URL.canParse(address)) return address
  const url = new URL(address)
  const names = [...url.searchParams.keys()].filter((name) => unwanted(name.toLowerCase()))
  for (const name of names) url.searchParams.delete(name)
  return names.length === 0 ? address : url.href
}

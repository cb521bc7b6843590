import { ServerResponse } from 'node:http'
import { onTestFinished, vi } from 'vitest'

/** Fields of answers that open a door to whoever knows them. */
const secretFields = new Set([
  'access_token',
  'refresh_token',
  'id_token',
  'device_code',
  'download_access_token',
  'password',
  'recording_play_passcode',
  '@microsoft.graph.downloadUrl',
  'download_url',
  'play_url',
  'share_url',
])
/** Parameters of addresses that do. */
const secretParameters = ['code', 'tempauth', 'Signature', 'Policy']

/**
 * Remembers every secret that the servers of this process give out, until the test ends: what is written as JSON, and where redirects lead. Each with
 * what it is.
 */
export function tapSecrets(): { found(): ReadonlyMap<string, string> } {
  const secrets = new Map<string, string>()
  const noteAddress = (text: string) => {
    if (!URL.canParse(text)) return
    const { pathname, search, searchParams } = new URL(text)
    for (const name of secretParameters) {
      const value = searchParams.get(name)
      if (value === null || value === '') continue
      secrets.set(value, name)
      // As it stands there: the dots may be encoded.
      secrets.set(new RegExp(`[?&]${name}=([^&]*)`).exec(search)?.[1] ?? value, name)
    }
    if (/\/rec\/(download|play|share)\//.test(pathname)) secrets.set(pathname.split('/').at(-1) ?? '', 'recording address')
  }
  const note = (value: unknown, name: string, depth: number): void => {
    if (depth > 8) return
    if (typeof value === 'string') {
      if (!secretFields.has(name)) return
      noteAddress(value)
      secrets.set(value, name)
    } else if (typeof value === 'object' && value !== null)
      for (const [key, one] of Object.entries(value)) note(one, Array.isArray(value) ? name : key, depth + 1)
  }
  const stringify = JSON.stringify
  JSON.stringify = ((...args: Parameters<typeof stringify>) => {
    note(args[0], '', 0)
    return stringify(...args)
  }) as typeof stringify
  const head = vi.spyOn(ServerResponse.prototype, 'writeHead')
  onTestFinished(() => {
    JSON.stringify = stringify
    head.mockRestore()
  })
  return {
    found() {
      for (const call of head.mock.calls) {
        const location = (call.at(-1) as unknown as { readonly Location?: string }).Location
        if (location !== undefined) noteAddress(location)
      }
      return secrets
    },
  }
}

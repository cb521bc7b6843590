/** A key's values by name (`` for the default one), under the key's full name. */
export type RegistryKeys = ReadonlyMap<string, ReadonlyMap<string, string>>

/**
 * What `reg export` wrote: UTF-16LE with a byte order mark. (`reg query` is no choice: it prints in the console's code page, which cannot
 * hold every folder's name.) Texts only (REG_SZ, REG_EXPAND_SZ); %NAMES% are replaced from `env`, in any letter case.
 */
export function parseRegistryExport(bytes: Uint8Array, env: Readonly<Record<string, string | undefined>>): RegistryKeys {
  const lines = new TextDecoder('utf-16le')
    .decode(bytes)
    // Long values go on in the next line.
    .replace(/\\\r?\n\s*/g, '')
    .split(/\r?\n/)
  const keys = new Map<string, Map<string, string>>()
  let values = new Map<string, string>()
  for (const line of lines) {
    const key = /^\[(.+)\]$/.exec(line)?.[1]
    if (key !== undefined) {
      values = new Map()
      keys.set(key, values)
      continue
    }
    const match = /^(?:@|"((?:[^"\\]|\\.)*)")=(?:"((?:[^"\\]|\\.)*)"|hex\(2\):([0-9a-f,]*))$/i.exec(line)
    if (match === null) continue
    const [, name = '', text, hex] = match
    values.set(unquote(name), text !== undefined ? unquote(text) : expand(fromHex(hex ?? ''), env))
  }
  return keys
}

const unquote = (text: string) => text.replace(/\\(.)/g, '$1')

function fromHex(hex: string): string {
  return Buffer.from(hex.replaceAll(',', ''), 'hex').toString('utf16le').replace(/\0+$/, '')
}

function expand(text: string, env: Readonly<Record<string, string | undefined>>): string {
  return text.replace(/%([^%]+)%/g, (whole, name: string) => {
    const found = Object.keys(env).find((key) => key.toLowerCase() === name.toLowerCase())
    return (found === undefined ? undefined : env[found]) ?? whole
  })
}

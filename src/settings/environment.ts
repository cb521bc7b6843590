import path from 'node:path'

/** The process' environment as a value. On Windows names are case-insensitive only in `process.env` itself, so hand that in, not a copy. */
export type EnvironmentVariables = Readonly<Record<string, string | undefined>>

/** What the environment says, read in this one place; nothing else knows the names of variables. */
export interface Environment {
  /** $HOLDALL_CONFIG: the settings file. */
  readonly file: string | undefined
  /** The user's own folder for Holdall: settings file, tokens where there is no keychain. */
  readonly folder: string
  readonly proxy: ProxySettings
  /** $NODE_EXTRA_CA_CERTS: Node reads it for its own connections at its start; libraries with a TLS context of their own need the path. */
  readonly extraCa: string | undefined
}

/** Proxy addresses (they may hold a password: never print them) and the hosts that are reached without one. */
export interface ProxySettings {
  readonly http: string | undefined
  readonly https: string | undefined
  readonly except: string | undefined
}

export interface Machine {
  readonly env: EnvironmentVariables
  /** The user's home folder. */
  readonly home: string
  readonly platform: NodeJS.Platform
}

/** An empty variable counts as not set, as in most programs. */
function variable(env: EnvironmentVariables, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = env[name]
    if (value !== undefined && value !== '') return value
  }
  return undefined
}

/**
 * Windows: %APPDATA% (https://learn.microsoft.com/windows/win32/shell/knownfolderid, RoamingAppData); macOS: Application Support
 * (https://developer.apple.com/library/archive/documentation/FileManagement/Conceptual/FileSystemProgrammingGuide/FileSystemOverview/FileSystemOverview.html);
 * elsewhere XDG, which says that a relative path is to be ignored (https://specifications.freedesktop.org/basedir-spec/latest/).
 */
function userFolder({ env, home, platform }: Machine): string {
  const own = variable(env, 'HOLDALL_HOME')
  if (own !== undefined) return own
  if (platform === 'win32')
    return path.win32.join(variable(env, 'APPDATA') ?? path.win32.join(home, 'AppData', 'Roaming'), 'holdall')
  if (platform === 'darwin') return path.posix.join(home, 'Library', 'Application Support', 'holdall')
  const xdg = variable(env, 'XDG_CONFIG_HOME')
  return path.posix.join(xdg?.startsWith('/') ? xdg : path.posix.join(home, '.config'), 'holdall')
}

export function readEnvironment(machine: Machine): Environment {
  const { env } = machine
  return {
    file: variable(env, 'HOLDALL_CONFIG'),
    folder: userFolder(machine),
    // Lower case wins, as in curl and undici.
    proxy: {
      http: variable(env, 'http_proxy', 'HTTP_PROXY'),
      https: variable(env, 'https_proxy', 'HTTPS_PROXY'),
      except: variable(env, 'no_proxy', 'NO_PROXY'),
    },
    extraCa: variable(env, 'NODE_EXTRA_CA_CERTS'),
  }
}

/** The variable that may hold an account's secret: its name in capitals, `-` as `_`. */
export function secretVariable(account: string, secret: 'PASSWORD' | 'CLIENT_SECRET'): string {
  return `HOLDALL_${account.toUpperCase().replaceAll('-', '_')}_${secret}`
}

export function secretOf(env: EnvironmentVariables, account: string, secret: 'PASSWORD' | 'CLIENT_SECRET'): string | undefined {
  return variable(env, secretVariable(account, secret))
}

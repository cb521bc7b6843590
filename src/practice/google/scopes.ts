const prefix = 'https://www.googleapis.com/auth/'

/** The scopes that may be asked for; others get `invalid_scope`. https://developers.google.com/identity/protocols/oauth2/scopes */
export const knownScopes: ReadonlySet<string> = new Set([
  'openid',
  'email',
  'profile',
  ...[
    'userinfo.email userinfo.profile',
    'drive drive.readonly drive.metadata drive.metadata.readonly drive.file drive.appdata drive.meet.readonly',
    'gmail.readonly gmail.metadata gmail.modify gmail.settings.basic',
    'contacts contacts.readonly contacts.other.readonly directory.readonly',
    'calendar calendar.readonly calendar.calendarlist.readonly calendar.events.readonly calendar.acls.readonly calendar.settings.readonly',
    'tasks tasks.readonly',
  ].flatMap((names) => names.split(' ').map((name) => prefix + name)),
])

/** Google writes `email` and `profile` out in full when it says what was granted. */
export function canonicalScope(scope: string): string {
  return scope === 'email' || scope === 'profile' ? `${prefix}userinfo.${scope}` : scope
}

/** Scopes of signing in, which are granted without a check box. */
export const isSignInScope = (scope: string): boolean =>
  scope === 'openid' || canonicalScope(scope).startsWith(`${prefix}userinfo.`)

const metadata = ['drive', 'drive.readonly', 'drive.metadata', 'drive.metadata.readonly', 'drive.file']
const content = ['drive', 'drive.readonly', 'drive.file']
const scopesOf = (names: readonly string[]) => names.map((name) => prefix + name)

/** Any one of these lets a call pass; from the reference page of each method, e.g. https://developers.google.com/workspace/drive/api/reference/rest/v3/files/export#authorization-scopes */
export const callScopes: Readonly<Record<string, readonly string[]>> = {
  'about.get': scopesOf([...metadata, 'drive.appdata']),
  'changes.getStartPageToken': scopesOf([...metadata, 'drive.appdata']),
  'changes.list': scopesOf([...metadata, 'drive.appdata']),
  // The metadata scopes are not enough for shared drives.
  'drives.get': scopesOf(['drive', 'drive.readonly']),
  'drives.list': scopesOf(['drive', 'drive.readonly']),
  'files.download': scopesOf(content),
  'files.export': scopesOf([...content, 'drive.meet.readonly']),
  'files.get': scopesOf([...metadata, 'drive.appdata', 'drive.meet.readonly']),
  'files.get media': scopesOf([...content, 'drive.appdata', 'drive.meet.readonly']),
  'files.list': scopesOf([...metadata, 'drive.appdata', 'drive.meet.readonly']),
  'operations.get': scopesOf([...content, 'drive.meet.readonly']),
  'permissions.create': scopesOf(['drive', 'drive.file']),
  'permissions.list': scopesOf(metadata),
  'permissions.update': scopesOf(['drive', 'drive.file']),
}

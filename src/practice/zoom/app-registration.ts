/** The state of the app at Zoom's marketplace. */
export type AppState =
  | 'active'
  /** The account wants an administrator to approve apps first: people get a page instead of the question. */
  | 'not-approved'
  /** Zoom disabled it: 4717. */
  | 'disabled'
  /** An administrator took the approval back: 4738. */
  | 'disabled-by-admin'
  /** "Creating authorization code error. The lookup service may be down": 4732, on the page. */
  | 'no-codes'
  /** "A catch all for unexpected errors": 4700, on the page. */
  | 'unexpected'

/** One General App, user-managed. */
export interface App {
  readonly id: string
  /** "A separate public client ID": https://developers.zoom.us/changelog/platform/proof-key-for-code-exchange-pkce-update.md */
  readonly publicId: string
  readonly secret: string
  readonly redirects: readonly string[]
  scopes: readonly string[]
  state: AppState
  /** "Use App on Device" is on. */
  device: boolean
}

/**
 * Whether an address is one of the app's. "Zoom ignores the port when it matches loopback redirect URIs", which are `http://127.0.0.1:{port}/{path}` and meant for
 * clients with PKCE: https://developers.zoom.us/changelog/platform/pkce-loopback.md
 */
export function isRegistered(app: App, address: string, pkce: boolean): boolean {
  if (!URL.canParse(address)) return false
  const asked = new URL(address)
  const loopback = asked.protocol === 'http:' && asked.hostname === '127.0.0.1'
  if (!loopback) return app.redirects.includes(address)
  if (!pkce || asked.search !== '' || asked.hash !== '' || asked.username !== '') return false
  return app.redirects.some((registered) => {
    const url = new URL(registered)
    return url.protocol === 'http:' && url.hostname === '127.0.0.1' && url.pathname === asked.pathname
  })
}

import type { Provider } from '../../core/provider.ts'
import { accountSettings, folderAddress } from './address.ts'
import { explain } from './explain.ts'
import { files } from './files/source.ts'
import { guide } from './guide.ts'
import { identify } from './identify.ts'
import { budgets } from './limits.ts'
import { notTaken } from './not-taken.ts'

/** Any WebDAV server: Nextcloud, ownCloud, Apache, university home folders. https://www.rfc-editor.org/rfc/rfc4918 */
export const webdav: Provider = {
  id: 'webdav',
  title: 'WebDAV',
  signIn: { method: 'password' },
  settings: accountSettings,
  endpoints: (settings) => ({ dav: folderAddress(accountSettings.parse(settings).url) }),
  credentialOrigins: (endpoints) => [...new Set(Object.values(endpoints).map((address) => new URL(address).origin))],
  budgets,
  explain: (response, body, request) => explain(response, body, request),
  identify,
  sources: [files],
  guide,
  notTaken,
}

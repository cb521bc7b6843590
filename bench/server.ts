import { createHash } from 'node:crypto'
import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeCertificate } from '../src/practice/certificate.ts'
import { type Apache, startApache } from '../test/apache.ts'

/** An Apache over TLS that shows one folder twice: by WebDAV at /dav/, and as plain pages of links at /plain/. */
export interface Server {
  readonly dav: string
  readonly plain: string
  readonly username: string
  readonly password: string
  /** File with the certificate that clients have to trust. */
  readonly ca: string
  readonly apache: Apache
}

export async function startServer(home: string, folder: string): Promise<Server> {
  const tls = await makeCertificate()
  const [username, password] = ['bench', 'only for measuring']
  const users = join(home, 'users')
  const ca = join(home, 'ca.pem')
  // A plain SHA-1: the slow hash that passwords deserve would make the server the measure of all things.
  await writeFile(users, `${username}:{SHA}${createHash('sha1').update(password).digest('base64')}\n`)
  await writeFile(ca, tls.ca)
  await chmod(home, 0o755)
  const apache = await startApache({
    auth: 'basic',
    folder,
    tls: { cert: tls.cert, key: tls.key },
    extra: [
      'LoadModule autoindex_module /usr/lib/apache2/modules/mod_autoindex.so',
      `Alias /plain "${folder}"`,
      `<Location /dav>\nAuthUserFile ${users}\n</Location>`,
      `<Location /plain>\nDav Off\nOptions +Indexes\nAuthUserFile ${users}\n</Location>`,
    ],
  })
  return { dav: apache.url, plain: apache.url.replace('/dav/', '/plain/'), username, password, ca, apache }
}

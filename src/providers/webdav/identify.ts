import { Failure } from '../../core/failure.ts'
import type { Connection, Identity } from '../../core/provider.ts'
import { davAxios } from './dav-axios.ts'
import { explainStatus } from './explain.ts'
import { rootFailure } from './files/failures.ts'
import { isFolder } from './files/item.ts'
import { readMultistatus } from './files/multistatus.ts'
import { propfind } from './files/propfind.ts'
import { serverOf } from './files/source.ts'

/** WebDAV has no lasting user id: the user is the name that signs in at that server. Also tells whether the url is a WebDAV folder at all. */
export async function identify({ endpoints, settings, transport }: Connection, signal: AbortSignal): Promise<Identity> {
  const { origin, path } = serverOf(endpoints)
  const what = 'the folder at the url'
  try {
    const { body } = await propfind({ client: davAxios(transport), origin, signal }, path, '0', what)
    let found = false
    for await (const batch of readMultistatus(body, what)) {
      for (const response of batch) {
        if (response.refused !== undefined) throw explainStatus(response.refused, what)
        if (!isFolder({ path: response.href, properties: response.properties })) {
          throw new Failure('settings', 'the url names a file, not a folder', {
            hint: 'set `url` to the folder that holds it',
            stops: 'account',
          })
        }
        found = true
      }
    }
    if (!found) throw new Failure('unlisted', `${what}: the server's answer is empty`)
  } catch (error) {
    signal.throwIfAborted()
    const failure = Failure.from(error)
    throw failure.stops === 'item' || failure.stops === 'stream' ? rootFailure(failure) : failure
  }
  const username = String(settings.username)
  return { subject: `${username}@${origin}`, name: `${username}@${new URL(origin).host}` }
}

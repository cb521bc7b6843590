import { z } from 'zod'
import { Failure } from '../../../core/failure.ts'
import type { Given, Holding, Ownership } from '../../../core/ownership.ts'
import type { Connection } from '../../../core/provider.ts'
import { answerOf, atFirstCall, libraryOptions } from '../client.ts'
import { priceOf } from '../limits.ts'

const person = z.object({ emailAddress: z.string().optional() })
const permission = z.object({
  id: z.string(),
  type: z.string(),
  role: z.string(),
  emailAddress: z.string().optional(),
  pendingOwner: z.boolean().optional(),
})
const file = z.object({
  id: z.string(),
  name: z.string().default(''),
  mimeType: z.string().default(''),
  ownedByMe: z.boolean().optional(),
  owners: z.array(person).default([]),
  permissions: z.array(permission).default([]),
  webViewLink: z.string().optional(),
})
const fields = 'id,name,mimeType,ownedByMe,owners(emailAddress),permissions(id,type,role,emailAddress,pendingOwner),webViewLink'

/** Personal accounts: https://support.google.com/mail/answer/10313 (gmail.com and googlemail.com are the same). */
const personal = new Set(['gmail.com', 'googlemail.com'])
const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1).toLowerCase()
const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

const clients = new WeakMap<Connection, ReturnType<typeof makeClient>>()
function makeClient(connection: Connection) {
  return atFirstCall(async () => {
    const { drive } = await import('googleapis/build/src/apis/drive/index.js')
    return drive({ version: 'v3', ...libraryOptions(connection, 'drive', priceOf) })
  })
}
function clientOf(connection: Connection) {
  const made = clients.get(connection) ?? makeClient(connection)
  clients.set(connection, made)
  return made()
}

/**
 * Giving files of Drive away, as https://developers.google.com/workspace/drive/api/guides/transfer-file describes it: within an organisation at once, between
 * personal accounts by an offer that the other accepts. What a shared drive holds belongs to the organisation and has no owner to change.
 */
export const driveOwnership: Ownership = {
  // permissions.create and update take no lesser right for files that another app made.
  scopes: ['https://www.googleapis.com/auth/drive'],
  // Without a refresh token: https://developers.google.com/identity/protocols/oauth2/web-server#creatingclient
  parameters: { access_type: 'online' },
  look,
  async give(connection, holding, to, signal): Promise<Given> {
    const client = await clientOf(connection)
    const offer = personal.has(domainOf(to))
    const before = (await read(connection, holding.id, signal)).permissions.find(
      (one) => one.type === 'user' && one.emailAddress !== undefined && same(one.emailAddress, to),
    )
    const asked = offer ? { role: 'writer', pendingOwner: true } : { role: 'owner' }
    const parameters = { fileId: holding.id, supportsAllDrives: true, fields: 'id', ...(!offer && { transferOwnership: true }) }
    const call =
      before === undefined
        ? client.permissions.create({ ...parameters, requestBody: { type: 'user', emailAddress: to, ...asked } }, { signal })
        : client.permissions.update({ ...parameters, permissionId: before.id, requestBody: asked }, { signal })
    let refused: Failure | undefined
    try {
      await answerOf('the change of owner', call, z.object({ id: z.string() }), signal)
    } catch (error) {
      if (signal.aborted) throw error
      refused = Failure.from(error)
    }
    // An answer may have been lost after the change was made, and a good answer is only believed once the file says so too.
    const now = await look(connection, holding.id, signal)
    if (now.owners.some((owner) => same(owner, to))) return 'given'
    if (now.offeredTo.some((address) => same(address, to))) return 'offered'
    throw refused ?? new Failure('corrupt', 'Google accepted the change, and yet the file has the same owner as before')
  },
  objection(holding, to, own) {
    if (!holding.owned) return new Failure('forbidden', 'it is not yours to give: you do not own it')
    if (same(to, own)) return new Failure('settings', 'it is yours already')
    if (personal.has(domainOf(to)) !== personal.has(domainOf(own))) {
      return new Failure('forbidden', 'Google does not let files pass between an organisation and personal accounts', {
        hint: 'share it with that person so that they can make a copy, or move it into a shared drive',
      })
    }
    return undefined
  },
}

async function look(connection: Connection, id: string, signal: AbortSignal): Promise<Holding> {
  const { name, mimeType, ownedByMe, owners, permissions, webViewLink } = await read(connection, id, signal)
  const address = (one: { readonly emailAddress?: string | undefined }) =>
    one.emailAddress === undefined ? [] : [one.emailAddress]
  const others = permissions.filter(({ role }) => role !== 'owner')
  return {
    id,
    name,
    folder: mimeType === 'application/vnd.google-apps.folder',
    owned: ownedByMe === true,
    owners: owners.flatMap(address),
    people: others.flatMap(address),
    offeredTo: others.filter(({ pendingOwner }) => pendingOwner === true).flatMap(address),
    link: webViewLink,
  }
}

async function read(connection: Connection, id: string, signal: AbortSignal): Promise<z.infer<typeof file>> {
  const client = await clientOf(connection)
  const call = client.files.get({ fileId: id, supportsAllDrives: true, fields }, { signal })
  return answerOf('the question for a file', call, file, signal)
}

import { z } from 'zod'

/** Graph leaves out what has no value, or says null. */
const maybe = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined)
const text = maybe(z.string())
const facet = maybe(z.object({}))
const who = maybe(
  z.object({
    user: maybe(z.object({ displayName: text, email: text })),
    group: maybe(z.object({ displayName: text, email: text })),
    application: maybe(z.object({ displayName: text })),
  }),
)
export type Who = z.infer<typeof who>
const times = maybe(z.object({ createdDateTime: text, lastModifiedDateTime: text }))
/** `quickXorHash` in base64, the others in upper-case hexadecimal: https://learn.microsoft.com/graph/api/resources/hashes */
const file = maybe(
  z.object({ mimeType: text, hashes: maybe(z.object({ quickXorHash: text, sha1Hash: text, sha256Hash: text })) }),
)
const parent = maybe(z.object({ driveId: text, driveType: text, id: text }))

/** What identifies a file's content. */
const content = z.object({
  id: z.string().min(1),
  size: maybe(z.int().min(0)),
  cTag: text,
  lastModifiedDateTime: text,
  file,
})
export type ContentFacts = z.infer<typeof content>

/** https://learn.microsoft.com/graph/api/resources/driveitem */
export const driveItem = content.extend({
  name: text,
  createdDateTime: text,
  fileSystemInfo: times,
  parentReference: parent,
  folder: maybe(z.object({ childCount: maybe(z.number()) })),
  package: maybe(z.object({ type: text })),
  remoteItem: maybe(
    z.object({
      id: z.string().min(1),
      name: text,
      size: maybe(z.number()),
      file,
      folder: facet,
      package: maybe(z.object({ type: text })),
      parentReference: parent,
      webUrl: text,
    }),
  ),
  bundle: facet,
  root: facet,
  deleted: facet,
  malware: maybe(z.object({ description: text })),
  shared: maybe(z.object({ scope: text, owner: who, sharedBy: who, sharedDateTime: text })),
  createdBy: who,
  lastModifiedBy: who,
  description: text,
  webUrl: text,
  specialFolder: maybe(z.object({ name: text })),
})
export type DriveItem = z.infer<typeof driveItem>

/** A facet that is not asked for looks as if it were not there, so all are. */
export const selected = Object.keys(driveItem.shape).join(',')

export const driveItems = z.object({
  value: z.array(driveItem),
  '@odata.nextLink': text,
  '@odata.deltaLink': text,
})
export type DriveItems = z.infer<typeof driveItems>

/** Just enough to count, and to go down. */
export const stub = z.object({
  id: z.string().min(1),
  folder: maybe(z.object({ childCount: maybe(z.number()) })),
  package: maybe(z.object({ type: text })),
  remoteItem: facet,
  root: facet,
  deleted: facet,
})
export type Stub = z.infer<typeof stub>
export const stubFields = Object.keys(stub.shape).join(',')
export const stubs = z.object({ value: z.array(stub), '@odata.nextLink': text, '@odata.deltaLink': text })
export type Stubs = z.infer<typeof stubs>

/** A file as a download asks for it, with its pre-signed address, which is never stored. */
export const download = driveItem.extend({ '@microsoft.graph.downloadUrl': text })
export type Download = z.infer<typeof download>

/** https://learn.microsoft.com/graph/api/resources/quota */
export const driveQuota = z.object({
  quota: z.object({ used: z.int().min(0).nullish(), deleted: z.int().min(0).nullish() }).nullish(),
})
export const drive = z.object({ id: z.string().min(1), driveType: text })
export const rootFolder = z.object({ id: z.string().min(1) })

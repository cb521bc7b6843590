import { contentHashes } from '../src/practice/microsoft/drive/content.ts'
import { createOneDriveModel } from '../src/practice/microsoft/drive/model.ts'
import { startPracticeMicrosoft } from '../src/practice/microsoft/practice-microsoft.ts'
import { makeHostCertificate } from './host-certificate.ts'
import { startHostProxy } from './host-proxy.ts'
import type { Tree } from './tree.ts'

/** What is in the drive. `size` in bytes. */
export type OneDriveShape =
  | { readonly kind: 'large'; readonly count: number; readonly size: number }
  | { readonly kind: 'small'; readonly count: number }
  /** Listed, not downloaded. */
  | { readonly kind: 'synthetic'; readonly count: number }

export interface OneDriveInfo {
  readonly tree: Tree
  readonly ca: string
  readonly endpoints: { readonly authority: string; readonly graph: string }
  readonly client: string
  readonly drive: string
  /** Of a proxy that knows graph.microsoft.com and login.microsoftonline.com. */
  readonly proxy: string
}

export type OneDriveQuestion =
  /** An access token, a string. */
  | 'token'
  /** Addresses of all files' content, strings. */
  | 'addresses'
  /** How many requests there were, a number. */
  | 'requests'
  /** The address of the first page of the listing as it was asked for, a string. */
  | 'listing'
  /** Ten changes: a number. */
  | 'change'
  /** What no client may do and was done since this was asked last, strings. */
  | 'violations'
  /** Whether the storage hosts take a bearer token, as the real ones do from rclone. */
  | { readonly tolerateBearer: boolean }

// A practice OneDrive as a process of its own. Started by onedrive-place.ts.
const shape = JSON.parse(process.argv[2]!) as OneDriveShape
const names = ['graph.microsoft.com', 'login.microsoftonline.com']
const { ca, ...tls } = await makeHostCertificate(names)
const model = createOneDriveModel()
const files: string[] = []
const tree = fill()
const practice = await startPracticeMicrosoft({ tls, model })
const portOf = (root: string) => Number(new URL(root).port)
const proxy = await startHostProxy({
  'graph.microsoft.com': portOf(practice.endpoints.graph),
  'login.microsoftonline.com': portOf(practice.endpoints.authority),
})

process.on('message', (question: OneDriveQuestion) => process.send!(answer(question)))
const info: OneDriveInfo = {
  tree,
  ca,
  endpoints: practice.endpoints,
  client: practice.client.id,
  drive: model.driveId,
  proxy,
}
process.send!(info)

function answer(question: OneDriveQuestion): unknown {
  switch (question) {
    case 'token':
      return practice.issueTokens(['Files.Read.All', 'User.Read']).accessToken
    case 'addresses':
      return files.map((id) => `${practice.endpoints.graph}v1.0/me/drive/items/${id}/content`)
    case 'requests':
      return practice.log.count()
    case 'listing': {
      const first = practice.log.requests.find(({ call, status }) => call === 'driveItem.delta' && status === 200)
      return first && `${new URL(first.path, practice.endpoints.graph)}?${new URLSearchParams(first.query)}`
    }
    case 'change':
      return change()
    case 'violations':
      return [...practice.log.violations.splice(0), ...practice.errors.map(String)]
    default:
      practice.settings.tolerateBearer = question.tolerateBearer
      return true
  }
}

function fill(): Tree {
  let bytes = 0
  const add = (name: string, size: number, parent: string) => {
    const content = { size, seed: files.length + 1 }
    // Made now, not while somebody is measured who lists.
    void contentHashes(content).quickXorHash
    files.push(model.addFile(name, content, { parent }).id)
    bytes += size
  }
  if (shape.kind === 'synthetic') {
    for (let n = 0; n < 100; n++) model.addSyntheticFiles(model.addFolder(`folder ${n}`).id, shape.count / 100)
    return { files: shape.count, bytes: 0 }
  }
  if (shape.kind === 'large') {
    const folder = model.addFolder('large').id
    for (let n = 1; n <= shape.count; n++) add(`large ${n}.bin`, shape.size, folder)
    return { files: shape.count, bytes }
  }
  // As makeSmallFiles() of tree.ts does on disk.
  let folder = model.rootId
  for (let n = 0; n < shape.count; n++) {
    if (n % 100 === 0) folder = model.addFolder(`folder ${String(n / 100).padStart(4, '0')}`).id
    add(`file ${String(n).padStart(6, '0')}.bin`, 4000 + ((n * 7919) % 36_001), folder)
  }
  return { files: shape.count, bytes }
}

/** Of each kind that there is: new, changed, renamed, moved, removed. */
function change(): number {
  const [from, to] = [...model.scanChildren(model.rootId, { entry: 0, offset: 0 })].map(([item]) => item.id)
  const some = [...take(from!, 7)]
  for (let n = 0; n < 3; n++) model.addFile(`new ${n}.txt`, `new ${n}`, { parent: to! })
  for (const id of some.slice(0, 3)) model.replaceContent(id, `changed ${id}`)
  model.rename(some[3]!, 'renamed.bin')
  model.move(some[4]!, to!)
  for (const id of some.slice(5)) model.remove(id)
  return 3 + some.length
}

function* take(folder: string, count: number): Generator<string> {
  let taken = 0
  for (const [{ id }] of model.scanChildren(folder, { entry: 0, offset: 0 })) {
    if (taken === count) return
    taken += 1
    yield id
  }
}

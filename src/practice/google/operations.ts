import { randomBytes } from 'node:crypto'
import type { Json } from '../serving/reply.ts'
import type { Content } from './content.ts'

/** A download that is prepared: https://developers.google.com/workspace/drive/api/guides/manage-downloads */
export interface Operation {
  readonly name: string
  readonly user: string
  readonly fileId: string
  readonly resourceKey: string | undefined
  readonly mimeType: string
  readonly content: Content
  readonly stored: boolean
  /** Google documents and sheets are redirected to the storage host. */
  readonly redirects: boolean
  readonly failure: { readonly code: number; readonly message: string } | undefined
  readonly startedAt: number
  pollsLeft: number
}

export interface Operations {
  start(operation: Omit<Operation, 'name' | 'startedAt' | 'failure'>): Operation
  find(name: string, user: string): Operation | undefined
  /** The next `times` operations end with this error (google.rpc code). */
  failNext(code: number, message: string, times?: number): void
  resource(operation: Operation, usercontent: string): Json
}

// "24 hours from the time of creation": https://developers.google.com/workspace/drive/api/reference/rest/v3/files/download
const lifeMs = 24 * 60 * 60 * 1000

export function createOperations(now: () => number): Operations {
  const known = new Map<string, Operation>()
  const failures: { code: number; message: string }[] = []
  return {
    start(operation) {
      const name = `AVs2${randomBytes(18).toString('base64url')}`
      const made: Operation = { ...operation, name, startedAt: now(), failure: failures.shift() }
      known.set(name, made)
      return made
    },
    find(name, user) {
      const found = known.get(name)
      if (found === undefined || found.user !== user) return undefined
      return now() - found.startedAt > lifeMs ? undefined : found
    },
    failNext(code, message, times = 1) {
      for (let time = 0; time < times; time += 1) failures.push({ code, message })
    },
    resource({ name, fileId, resourceKey, pollsLeft, failure, stored }, usercontent) {
      const types = 'type.googleapis.com/google.apps.drive.v3.'
      const metadata = { '@type': `${types}DownloadFileMetadata`, ...(resourceKey === undefined ? {} : { resourceKey }) }
      if (pollsLeft > 0) return { name, metadata, done: false }
      if (failure !== undefined) return { name, metadata, done: true, error: failure }
      const downloadUri = `${usercontent}download?id=${fileId}&operation=${name}`
      return {
        name,
        metadata,
        done: true,
        response: { '@type': `${types}DownloadFileResponse`, downloadUri, partialDownloadAllowed: stored },
      }
    },
  }
}

import { randomBytes } from 'node:crypto'
import type { Meeting } from './model.ts'
import type { RecordedFile } from './recorded-file.ts'

export interface SignedLinks {
  /** Path and query below the storage host's root, in the form of a CloudFront address with a custom policy. */
  make(meeting: Pick<Meeting, 'number'>, file: RecordedFile): string
  /** The file, where signature and path belong together and the time is not over. */
  find(url: URL): RecordedFile | undefined
  expire(): void
}

const most = 10_000

export function createSignedLinks(now: () => number, life: { readonly linkSeconds: number }): SignedLinks {
  const known = new Map<string, { readonly file: RecordedFile; readonly path: string; readonly until: number }>()
  return {
    make(meeting, file) {
      const signature = randomBytes(96).toString('base64').replaceAll('+', '-').replaceAll('/', '~').replaceAll('=', '_')
      const date = new Date(file.start).toISOString()
      const stamp = `GMT${date.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}`
      const path = `/cmr/replay/${date.slice(0, 10).replaceAll('-', '/')}/${meeting.number}/${file.key.toUpperCase()}/${stamp}_Recording.${file.extension.toLowerCase()}`
      const until = now() + life.linkSeconds * 1000
      known.set(signature, { file, path, until })
      const oldest = known.keys().next().value
      if (known.size > most && oldest !== undefined) known.delete(oldest)
      const policy = Buffer.from(
        JSON.stringify({ Statement: [{ Condition: { DateLessThan: { 'AWS:EpochTime': Math.floor(until / 1000) } } }] }),
      )
      const query = new URLSearchParams({
        'response-content-disposition': 'attachment',
        data: randomBytes(32).toString('hex'),
        Policy: policy.toString('base64url'),
        Signature: signature,
        'Key-Pair-Id': 'APKAJFHNSLHYCGFYQGIA',
      })
      return `${path.slice(1)}?${query}`
    },
    find({ pathname, searchParams }) {
      const found = known.get(searchParams.get('Signature') ?? '')
      return found !== undefined && found.path === pathname && found.until > now() ? found.file : undefined
    },
    expire: () => known.clear(),
  }
}

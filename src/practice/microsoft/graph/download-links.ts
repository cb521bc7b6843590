import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { OneDriveItem } from '../drive/items.ts'
import type { OneDriveModel } from '../drive/one-drive-model.ts'

/** Makes and reads addresses that carry their own authority; nothing is kept, so that there may be millions. */
export interface DownloadLinks {
  /** Path and query below the storage host's root. */
  make(drive: OneDriveModel, item: OneDriveItem): string
  /** What the address is for; `expired` for one that was good once, undefined for one that never was, a re-encoded one among them. */
  read(pathAndQuery: string): { readonly driveId: string; readonly itemId: string } | 'expired' | undefined
  /** Every address given so far is dead. */
  expire(): void
}

export function createDownloadLinks(now: () => number, seconds: () => number): DownloadLinks {
  const key = randomBytes(32)
  let generation = 0
  const signature = (payload: string) => createHmac('sha256', key).update(payload).digest('base64url')
  return {
    make(drive, item) {
      const until = now() + seconds() * 1000
      const payload = Buffer.from(JSON.stringify([drive.driveId, item.id, until, generation])).toString('base64url')
      // The dots are encoded although they need not be: who parses the address and writes it anew breaks it, as happens with real ones.
      const auth = `v1%2E${payload}%2E${signature(payload)}`
      const place =
        drive.kind === 'business'
          ? `personal/${drive.account.username.replace(/[^a-z0-9]/gi, '_')}/_layouts/15/download.aspx?UniqueId=${encodeURIComponent(item.id)}&Translate=false&tempauth=${auth}&ApiVersion=2.0`
          : `y4m${createHmac('sha256', key).update(item.id).digest('base64url').slice(0, 20)}/file?tempauth=${auth}`
      return place
    },
    read(pathAndQuery) {
      const found = /[?&]tempauth=v1%2E([\w-]+)%2E([\w-]+)(&|$)/.exec(pathAndQuery)
      const payload = found?.[1] ?? ''
      const given = Buffer.from(found?.[2] ?? '')
      const right = Buffer.from(signature(payload))
      if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined
      const [driveId, itemId, until, made] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as [
        string,
        string,
        number,
        number,
      ]
      return until <= now() || made !== generation ? 'expired' : { driveId, itemId }
    },
    expire() {
      generation += 1
    },
  }
}

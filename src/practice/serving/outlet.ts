import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { LoggedRequest } from './request-log.ts'

/** What a fault does to the bytes of an answer on their way out. */
export interface Tampering {
  /** The connection breaks after so many bytes of the body. */
  cutAfter?: number
  /** Nothing comes any more after so many bytes of the body. */
  stallAfter?: number
  /** The first byte of the body, and the first of each further piece, is another one. */
  wrongBytes?: boolean
  /** So many bytes less (negative) or more at the end, the stated length with them. */
  lengthChange?: number
  /** JSON ends in the middle. */
  truncatedJson?: boolean
  /** As if there were no Range header. */
  ignoreRange?: boolean
}

/** The way out of an answer: counts, waits for the client to take what was sent, and tampers where a fault says so. */
export interface Outlet {
  readonly tampering: Tampering
  readonly started: boolean
  head(status: number, headers: Readonly<Record<string, string | number>>): void
  /** Resolves when more may be sent; false: nobody is there any more, stop. */
  write(piece: Uint8Array): Promise<boolean>
  end(): Promise<void>
  /** Breaks the connection. */
  drop(): void
}

export function createOutlet(response: ServerResponse, log: LoggedRequest, withoutBody: boolean): Outlet {
  const tampering: Tampering = {}
  let held = Buffer.alloc(0)
  const gone = () => response.destroyed || response.socket?.destroyed === true
  const send = async (piece: Uint8Array): Promise<boolean> => {
    if (gone()) return false
    if (piece.byteLength === 0 || withoutBody) return true
    const limit = tampering.cutAfter ?? tampering.stallAfter
    if (limit !== undefined && log.bytes + piece.byteLength > limit) {
      const last = piece.subarray(0, limit - log.bytes)
      log.bytes += last.byteLength
      await new Promise<void>((resolve) => response.write(last, () => resolve()))
      if (tampering.cutAfter !== undefined) response.socket?.destroy()
      else if (!gone()) await once(response, 'close')
      return false
    }
    log.bytes += piece.byteLength
    if (response.write(piece)) return true
    await new Promise<void>((resolve) => {
      const done = () => {
        response.off('drain', done).off('close', done)
        resolve()
      }
      response.on('drain', done).on('close', done)
    })
    return !gone()
  }
  return {
    tampering,
    get started() {
      return response.headersSent
    },
    head(status, headers) {
      log.status = status
      const sent = { ...headers }
      const length = sent['Content-Length']
      if (length !== undefined && tampering.lengthChange !== undefined)
        sent['Content-Length'] = Math.max(0, Number(length) + tampering.lengthChange)
      response.writeHead(status, sent)
    },
    async write(piece) {
      let out = piece
      // The first one alone: the same change to several can cancel out in QuickXorHash, which then tells nobody.
      if (tampering.wrongBytes && piece.byteLength > 0 && log.bytes === 0) {
        out = Buffer.from(piece)
        out[0] = (out[0] ?? 0) ^ 0xff
      }
      const back = Math.max(0, -(tampering.lengthChange ?? 0))
      if (back === 0) return send(out)
      const all = Buffer.concat([held, out])
      held = all.subarray(Math.max(0, all.length - back))
      return send(all.subarray(0, all.length - held.length))
    },
    async end() {
      if (tampering.lengthChange !== undefined && tampering.lengthChange > 0) await send(new Uint8Array(tampering.lengthChange))
      if (!gone()) response.end()
    },
    drop() {
      response.socket?.destroy()
    },
  }
}

import type { HttpResponse } from '../../../core/transport.ts'

/** What stands in the place of a recording: a page where Zoom asks for a passcode, for a sign-in, or something else; or an error message in JSON. */
export type WebPage = 'passcode' | 'sign-in' | 'other' | 'error'

export function isWebPage({ headers }: HttpResponse): boolean {
  return /^\s*(text\/html|application\/xhtml)/i.test(headers['content-type'] ?? '')
}

/** So much of a page tells what it is, bytes. */
const enough = 32 * 1024

/**
 * Reads the beginning of a page and gives up the rest. By their titles: https://github.com/graphaelli/zat/pull/12 ("Password Required – Zoom").
 * Throws what the transport throws.
 */
export async function readPage(answer: HttpResponse): Promise<WebPage> {
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of answer.body) {
      chunks.push(chunk)
      length += chunk.byteLength
      if (length >= enough) break
    }
  } finally {
    answer.cancel()
  }
  const title = /<title[^>]*>([^<]{0,300})/i.exec(Buffer.concat(chunks).toString('utf8'))?.[1] ?? ''
  if (/passcode|password/i.test(title)) return 'passcode'
  return /sign ?in|log ?in/i.test(title) ? 'sign-in' : 'other'
}

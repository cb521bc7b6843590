import { Failure } from '../../../core/failure.ts'
import type { HttpResponse } from '../../../core/transport.ts'

/** An error page or a page that asks to sign in, where something else was asked for. */
export function refuseWebPage(answer: HttpResponse, expected: string): void {
  if (!/^\s*(text\/html|application\/xhtml)/i.test(answer.headers['content-type'] ?? '') || /html/i.test(expected)) return
  answer.cancel()
  throw new Failure('corrupt', 'Google answered with a web page instead of the file')
}

/** Bytes of the body, where the answer states it and it was not compressed on the way. */
export function lengthOf({ headers }: HttpResponse): number | undefined {
  const length = headers['content-length']
  return length === undefined || !/^\d+$/.test(length) || (headers['content-encoding'] ?? 'identity') !== 'identity'
    ? undefined
    : Number(length)
}

export const sizeOf = (size: number | undefined): { size: number } | Record<string, never> => (size === undefined ? {} : { size })

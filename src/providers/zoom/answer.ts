import type { z } from 'zod'
import { Failure } from '../../core/failure.ts'
import type { HttpResponse } from '../../core/transport.ts'
import { explainError, readError } from './errors.ts'

/** A successful answer, validated. Throws a Failure: also for an error that came with a status of success. */
export async function answerOf<T>(what: string, answer: HttpResponse, schema: z.ZodType<T>): Promise<T> {
  const text = await answer.text()
  const parsed = schema.safeParse(parse(text))
  if (parsed.success) return parsed.data
  const error = readError(text)
  const known = error === undefined ? undefined : explainError(answer.status, error, answer.url)
  if (known !== undefined) throw known
  const [issue] = parsed.error.issues
  const where = issue === undefined || issue.path.length === 0 ? '' : ` (at ${issue.path.map(String).join('.')})`
  throw new Failure('corrupt', `Zoom’s answer to ${what} is not of the expected form${where}`)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

import type { Exchange } from '../serving/reply.ts'

/** What people see; a program that saves one of these as a recording has lost the recording. */
export async function sendPage(
  { outlet }: Exchange,
  title: string,
  html: string,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const body = Buffer.from(pageOf(title, html))
  outlet.head(status, { 'Content-Type': 'text/html;charset=utf-8', 'Content-Length': body.length, ...headers })
  await outlet.write(body)
  await outlet.end()
}

export const pageOf = (title: string, html: string): string =>
  `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body>${html}</body></html>\n`

/** Answers in place of a recording, for faults: all come with status 200 and `text/html;charset=utf-8`. */
export const pagesInsteadOfRecordings = {
  /** As in https://github.com/graphaelli/zat/pull/12 */
  passcode: pageOf('Password Required - Zoom', '<h1>Enter the passcode to watch the recording</h1>'),
  signIn: pageOf('Sign In | Zoom', '<h1>Sign In</h1>'),
  gone: pageOf('Error - Zoom', '<h1>This recording does not exist. (3,301)</h1>'),
} as const

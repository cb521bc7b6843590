import { request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'

export interface Visited {
  readonly status: number
  readonly html: string
  /** Where the browser ended. */
  readonly url: string
}

/**
 * Does what a browser does with the sign-in's pages: follows redirects, sends forms that send themselves, and on a page with buttons
 * presses one (default `accept`). `localhost` is 127.0.0.1, as for browsers that try both.
 */
export async function visitAsBrowser(
  address: string,
  { ca, press = 'accept' }: { ca: string | undefined; press?: string },
): Promise<Visited> {
  let url = new URL(address)
  let form: URLSearchParams | undefined
  for (let steps = 0; steps < 10; steps += 1) {
    const { status, location, html } = await load(url, form, ca)
    if (location !== undefined) {
      url = new URL(location, url)
      form = undefined
      continue
    }
    const next = formOf(html, press)
    if (next === undefined || status >= 400) return { status, html, url: url.href }
    url = new URL(next.action, url)
    form = next.fields
  }
  throw new Error('practice browser: more than ten pages')
}

interface Loaded {
  readonly status: number
  readonly location: string | undefined
  readonly html: string
}

function load(url: URL, form: URLSearchParams | undefined, ca: string | undefined): Promise<Loaded> {
  const target = new URL(url)
  if (target.hostname === 'localhost') target.hostname = '127.0.0.1'
  const body = form?.toString()
  const options = {
    method: body === undefined ? 'GET' : 'POST',
    agent: false as const,
    headers: {
      host: url.host,
      ...(body === undefined
        ? {}
        : { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) }),
    },
    ...(ca === undefined ? {} : { ca }),
  }
  return new Promise((resolve, reject) => {
    const send = target.protocol === 'https:' ? tlsRequest : plainRequest
    const request = send(target, options, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location,
          html: Buffer.concat(pieces).toString(),
        }),
      )
    })
    request.on('error', reject)
    request.end(body)
  })
}

const plain = (text: string) => text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))

/** The form of one of the practice cloud's own pages. */
function formOf(html: string, press: string): { action: string; fields: URLSearchParams } | undefined {
  const form = /<form\b([^>]*)>([\s\S]*?)<\/form>/i.exec(html)
  const action = /\baction="([^"]*)"/.exec(form?.[1] ?? '')?.[1]
  if (form === null || action === undefined) return undefined
  const fields = new URLSearchParams()
  for (const [, name = '', value = ''] of (form[2] ?? '').matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g))
    fields.append(plain(name), plain(value))
  if (/<button name="answer"/.test(form[2] ?? '')) fields.append('answer', press)
  return { action: plain(action), fields }
}

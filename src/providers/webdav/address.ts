import { z } from 'zod'

/** What an account of this provider says in the configuration. */
export const accountSettings = z
  .strictObject({
    url: z.string().describe('address of the WebDAV folder to back up, e.g. https://dav.example.ac.jp/home/'),
    username: z
      .string()
      .min(1)
      .describe('user name at that server; the password comes from a prompt, the keychain or HOLDALL_<ACCOUNT>_PASSWORD'),
    insecure: z.boolean().default(false).describe('true: send the password over plain http, where anyone on the way can read it'),
  })
  .superRefine((settings, context) => {
    const complaint = complainAbout(settings.url, settings.insecure)
    if (complaint !== undefined) context.addIssue({ code: 'custom', path: ['url'], message: complaint })
  })

/** Why `url` cannot be used, as a sentence that shows none of it (it may hold a password); undefined when it can. */
export function complainAbout(url: string, insecure: boolean): string | undefined {
  if (!URL.canParse(url)) return 'is not an address; it looks like https://HOST/PATH/'
  const { protocol, username, password, search, hash, hostname } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:') return 'must begin with https://'
  if (username !== '' || password !== '')
    return 'must not hold a user name or password; use `username`, and give the password when asked'
  if (search !== '' || hash !== '') return 'must end with the folder, without "?" or "#" (written %3F and %23 within a name)'
  if (protocol === 'http:' && !insecure && !isLoopback(hostname)) {
    return 'would send the password over plain http, where anyone on the way can read it; use https://, or set `insecure: true`'
  }
  return undefined
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
  )
}

/** `url` with the slash at its end that folders need: without it many servers redirect, or answer about something else. */
export function folderAddress(url: string): string {
  const { origin, pathname } = new URL(url)
  return origin + (pathname.endsWith('/') ? pathname : `${pathname}/`)
}

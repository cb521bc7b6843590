import { Agent as HttpsAgent } from 'node:https'
import { auth, type gmail_v1, gmail as gmailOf } from 'googleapis/build/src/apis/gmail/index.js'
import { createMailbox, type MailboxModel } from '../../../src/practice/google/gmail/mailbox.ts'
import { createDriveModel } from '../../../src/practice/google/model.ts'
import type { PracticeGoogleOptions } from '../../../src/practice/google/practice-google.ts'
import { type Started, start } from './start.ts'

export const scope = (name: string) => `https://www.googleapis.com/auth/gmail.${name}`

export interface StartedGmail extends AsyncDisposable {
  readonly started: Started
  readonly mailbox: MailboxModel
  /** The official library. */
  library(scopes?: string[]): gmail_v1.Gmail
  /** A call below users/me/ with a fresh bearer: its status and what it says. */
  call(
    path: string,
    scopes?: string[],
    email?: string,
  ): Promise<{ status: number; reason: string | undefined; message: string | undefined; json: Record<string, unknown> }>
}

export async function startGmail(
  options: Partial<PracticeGoogleOptions> & { mailbox?: MailboxModel } = {},
): Promise<StartedGmail> {
  const model = options.model ?? createDriveModel()
  const mailbox = options.mailbox ?? createMailbox({ email: model.me.email })
  const started = await start({ ...options, model, mailbox })
  const { google } = started
  const agent = new HttpsAgent({ ca: started.ca, keepAlive: true })
  return {
    started,
    mailbox,
    library(scopes = [scope('readonly')]) {
      const client = new auth.OAuth2()
      client.setCredentials({ access_token: google.issueTokens(scopes).accessToken, expiry_date: Date.now() + 3_000_000 })
      return gmailOf({ version: 'v1', auth: client, rootUrl: google.endpoints.gmail, agent, retry: false })
    },
    async call(path, scopes = [scope('readonly')], email) {
      const url = path.startsWith('/')
        ? google.endpoints.gmail + path.slice(1)
        : `${google.endpoints.gmail}gmail/v1/users/me/${path}`
      const response = await started.get(url, {
        headers: { authorization: `Bearer ${google.issueTokens(scopes, email).accessToken}` },
      })
      const text = await response.text()
      const json = (text.startsWith('{') ? JSON.parse(text) : {}) as {
        error?: { message: string; errors: { reason: string }[] }
      }
      return { status: response.status, reason: json.error?.errors[0]?.reason, message: json.error?.message, json }
    },
    async [Symbol.asyncDispose]() {
      agent.destroy()
      await started[Symbol.asyncDispose]()
    },
  }
}

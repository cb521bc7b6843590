import { z } from 'zod'
import type { Endpoints, Provider } from '../../core/provider.ts'
import { calendar } from './calendar/source.ts'
import { contacts } from './contacts/source.ts'
import { driveOwnership } from './drive/ownership.ts'
import { drive } from './drive/source.ts'
import { explain } from './errors.ts'
import { gmail } from './gmail/source.ts'
import { guide } from './guide.ts'
import { identify } from './identify.ts'
import { leaving } from './leaving.ts'
import { budgets } from './limits.ts'
import { notTaken } from './not-taken.ts'
import { googleSignIn } from './sign-in.ts'
import { tasks } from './tasks/source.ts'

/**
 * https://accounts.google.com/.well-known/openid-configuration; the hosts that the Drive API and its links name; and the root of each
 * further API, as its discovery document states it (https://developers.google.com/discovery/v1/reference).
 */
const realEndpoints: Endpoints = {
  authorization: 'https://accounts.google.com/o/oauth2/v2/auth',
  token: 'https://oauth2.googleapis.com/token',
  revocation: 'https://oauth2.googleapis.com/revoke',
  userinfo: 'https://openidconnect.googleapis.com/v1/userinfo',
  drive: 'https://www.googleapis.com/',
  docs: 'https://docs.google.com/',
  usercontent: 'https://drive.usercontent.google.com/',
  gmail: 'https://gmail.googleapis.com/',
  people: 'https://people.googleapis.com/',
  calendar: 'https://www.googleapis.com/',
  tasks: 'https://tasks.googleapis.com/',
}

/** The endpoints that take the account's token; the others are part of signing in. */
const signed = ['drive', 'docs', 'usercontent', 'userinfo', 'gmail', 'people', 'calendar', 'tasks']

export const google: Provider = {
  id: 'google',
  title: 'Google',
  signIn: googleSignIn,
  settings: z.object({}),
  endpoints: () => realEndpoints,
  credentialOrigins: (endpoints) => [
    ...new Set(
      signed.flatMap((name) => {
        const root = endpoints[name]
        return root === undefined ? [] : [new URL(root).origin]
      }),
    ),
  ],
  budgets,
  explain,
  identify,
  sources: [drive, gmail, contacts, calendar, tasks],
  ownership: driveOwnership,
  leaving,
  guide,
  notTaken,
}

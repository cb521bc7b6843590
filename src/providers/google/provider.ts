import { z } from 'zod'
import type { Endpoints, Provider } from '../../core/provider.ts'
import { drive } from './drive/source.ts'
import { explain } from './errors.ts'
import { identify } from './identify.ts'
import { budgets } from './limits.ts'
import { googleSignIn } from './sign-in.ts'

/** https://accounts.google.com/.well-known/openid-configuration, and the hosts that the Drive API and its links name. */
const realEndpoints: Endpoints = {
  authorization: 'https://accounts.google.com/o/oauth2/v2/auth',
  token: 'https://oauth2.googleapis.com/token',
  revocation: 'https://oauth2.googleapis.com/revoke',
  userinfo: 'https://openidconnect.googleapis.com/v1/userinfo',
  drive: 'https://www.googleapis.com/',
  docs: 'https://docs.google.com/',
  usercontent: 'https://drive.usercontent.google.com/',
}

export const google: Provider = {
  id: 'google',
  title: 'Google',
  signIn: googleSignIn,
  settings: z.object({}),
  endpoints: () => realEndpoints,
  credentialOrigins: (endpoints) => [
    ...new Set(['drive', 'docs', 'usercontent', 'userinfo'].map((name) => new URL(endpoints[name]!).origin)),
  ],
  budgets,
  explain,
  identify,
  sources: [drive],
}

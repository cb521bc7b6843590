import { z } from 'zod'
import type { Endpoints, Provider } from '../../core/provider.ts'
import { explain } from './errors.ts'
import { guide } from './guide.ts'
import { identify } from './identify.ts'
import { leaving } from './leaving.ts'
import { budgets } from './limits.ts'
import { notTaken } from './not-taken.ts'
import { onedrive } from './onedrive/source.ts'
import { onenote } from './onenote/source.ts'
import { restAfter } from './rest-after.ts'
import { microsoftSignIn } from './sign-in.ts'

/** The worldwide cloud: https://learn.microsoft.com/graph/deployments */
const realEndpoints: Endpoints = {
  authority: 'https://login.microsoftonline.com/',
  graph: 'https://graph.microsoft.com/',
}

export const microsoft: Provider = {
  id: 'microsoft',
  title: 'Microsoft',
  signIn: microsoftSignIn,
  settings: z.object({
    tenant: z
      .string()
      // A domain, an id, or one of the three words; it becomes part of an address.
      .regex(/^[a-z0-9][a-z0-9.-]*$/i, 'write common, organizations, consumers, a domain or the id of a directory')
      .default('common')
      .describe(
        'who may sign in: common (everyone), organizations (work and school), consumers (personal accounts), or one directory by its domain or id',
      ),
  }),
  endpoints: () => realEndpoints,
  credentialOrigins: (endpoints) => [new URL(endpoints.graph!).origin],
  budgets,
  explain,
  restAfter,
  identify,
  sources: [onedrive, onenote],
  leaving,
  guide,
  notTaken,
}

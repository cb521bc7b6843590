import { z } from 'zod'
import type { Endpoints, Provider } from '../../core/provider.ts'
import { clips } from './clips/source.ts'
import { explain } from './errors.ts'
import { guide } from './guide.ts'
import { identify } from './identify.ts'
import { leaving } from './leaving.ts'
import { budgets } from './limits.ts'
import { notTaken } from './not-taken.ts'
import { recordings } from './recordings/source.ts'
import { zoomSignIn } from './sign-in.ts'

/** https://developers.zoom.us/docs/integrations/oauth/ and https://developers.zoom.us/docs/api/using-zoom-apis/ */
const realEndpoints: Endpoints = {
  authorization: 'https://zoom.us/oauth/authorize',
  token: 'https://zoom.us/oauth/token',
  revocation: 'https://zoom.us/oauth/revoke',
  deviceAuthorization: 'https://zoom.us/oauth/devicecode',
  api: 'https://api.zoom.us/v2/',
  /** Where the download addresses that listings name stand; an organisation's own is ORGANISATION.zoom.us. */
  download: 'https://zoom.us/',
}

/**
 * Cloud recordings and clips. Zoom's other products, as far as an ordinary user's app may read them, as of November 2026:
 * - Whiteboards are exported by a POST that makes a job (https://developers.zoom.us/docs/api/whiteboard/, POST /whiteboards/export), with the right
 *   whiteboard:write:export: a right to write in the account, which this program never asks for. What they hold has a form of Zoom's own, and no program opens it.
 * - Zoom Docs show the tree of what a person has and can be imported (https://developers.zoom.us/docs/api/zoom-docs/); no call of the reference exports one.
 * - Team Chat can be read conversation by conversation (https://developers.zoom.us/docs/api/team-chat/: GET /chat/users/me/sessions, then the messages and files of
 *   each). Not built: it takes several more rights, to what others wrote as well, and a form of its own. Whole exports are the administrator's.
 * - Polls, Q&A and attendance with times are reports, for administrators alone (https://developers.zoom.us/docs/api/meetings/#tag/reports).
 */
export const zoom: Provider = {
  id: 'zoom',
  title: 'Zoom',
  signIn: zoomSignIn,
  settings: z.object({}),
  endpoints: () => realEndpoints,
  credentialOrigins,
  budgets,
  explain,
  identify,
  sources: [recordings, clips],
  leaving,
  guide,
  notTaken,
}

/**
 * The API, and the host that download addresses name. At the real service that may be any host of zoom.us (the organisation's own, or one of a data
 * centre); the storage that it redirects to may be one too, and never gets the token: credentials end with the first redirect to another origin.
 */
function credentialOrigins({ api, download }: Endpoints): readonly string[] {
  const own = [api, download].flatMap((root) => (root === undefined ? [] : [new URL(root).origin]))
  return [...new Set(download === realEndpoints.download ? [...own, 'https://*.zoom.us'] : own)]
}

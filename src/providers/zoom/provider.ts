import { z } from 'zod'
import type { Endpoints, Provider } from '../../core/provider.ts'
import { explain } from './errors.ts'
import { identify } from './identify.ts'
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
 * Cloud recordings. Zoom's other products, as far as an ordinary user's app may read them, as of November 2026:
 * - Clips have a list and a download (https://developers.zoom.us/docs/api/clips/, clips:read:list_user_clips, clips:read:download_clip): a source of its own, later.
 * - Whiteboards and Zoom Docs have exports that are jobs of their own (https://developers.zoom.us/docs/api/whiteboard/), with rights that few organisations give.
 * - Team Chat can be read message by message (https://developers.zoom.us/docs/api/team-chat/); whole exports are the administrator's.
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
  sources: [recordings],
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

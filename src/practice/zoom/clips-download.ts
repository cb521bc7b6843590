import { type ApiCall, Redirect } from './api-call.ts'
import { ZoomError } from './zoom-error.ts'

/** https://developers.zoom.us/docs/api/clips/#tag/download/GET/clips/{clipId}/download: "performs a HTTP 302 redirect to the actual download location". */
export function downloadClip({ id, model, person, links, roots, clipDownloads }: ApiCall): Redirect {
  const clip = person.id === model.me.id ? model.clips.find((one) => one.id === id) : undefined
  if (clip === undefined || clip.status === 'RECORD_DELETE') throw new ZoomError(404, 10_002, 'clip not found or not ready')
  if (!clipDownloads) throw new ZoomError(403, 20_001, 'permission validate failed')
  if (clip.status !== 'RECORD_SUCCESS') throw new ZoomError(400, 50_002, 'clip mp4 is not ready')
  return new Redirect(roots.storage + links.make({ number: 0 }, clip.file))
}

import { noRecording, ZoomError } from './zoom-error.ts'

/**
 * What a path segment names. "If a UUID starts with `/` or contains `//` … you must double encode the UUID" (method reference, parameter `meetingId`): the gateway
 * decodes once before it chooses the method, so that such a UUID encoded once has become another path. Encoding any UUID twice does no harm.
 */
export function pathId(segment: string, call: string): string {
  const once = decoded(segment)
  if (/%[0-9A-Fa-f]{2}/.test(once)) return decoded(once)
  if (!once.startsWith('/') && !once.includes('//')) return once
  throw call === 'recordings.get' ? noRecording() : new ZoomError(400, 300, 'Invalid meeting id.')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new ZoomError(400, 300, 'Invalid meeting id.')
  }
}

import { Failure } from '../../../core/failure.ts'
import type { Connection } from '../../../core/provider.ts'
import type { Content, Source } from '../../../core/source.ts'
import type { PeopleApi } from './api.ts'
import { contactOf, fullSize, photoItem } from './item.ts'

/** The folder of the photos, below the source's. */
const folder = 'photos'
const endings: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/gif': '.gif',
  'image/webp': '.webp',
}

/** Photos, from the host where Google keeps them, which needs no sign-in and never gets one. */
export function createFetchPhoto({ transport, endpoints }: Connection, api: PeopleApi): Source['fetch'] {
  const download = async (url: string, name: string, signal: AbortSignal): Promise<Content> => {
    if (!isPhotoHost(url, endpoints.photos)) {
      throw new Failure('unexportable', 'the picture is not kept at Google but elsewhere, and was not fetched from there', {
        reason: 'third-party',
      })
    }
    const answer = await transport.send({
      method: 'GET',
      url: fullSize(url),
      headers: { 'accept-encoding': 'identity' },
      budget: 'people',
      // The host has no quota of ours.
      cost: 0,
      credentials: 'none',
      expects: 'stream',
      signal,
    })
    const type = (answer.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
    if (!type.startsWith('image/')) {
      answer.cancel()
      throw new Failure('corrupt', 'Google answered with something that is no picture')
    }
    const length = answer.headers['content-length']
    return {
      bytes: answer.body,
      from: 0,
      ...(length !== undefined && /^\d+$/.test(length) && { size: Number(length) }),
      learned: { name, path: [folder], partName: `${name}${endings[type] ?? ''}` },
    }
  }
  return async (item, _part, { signal }) => {
    signal.throwIfAborted()
    const name = String(item.details.contactName ?? '') || '(no name)'
    try {
      return await download(String(item.details.url ?? ''), name, signal)
    } catch (error) {
      if (!(error instanceof Failure) || !(error.kind === 'gone' || error.kind === 'forbidden')) throw error
    }
    // The address may be of an earlier run, and another one now.
    const now = photoItem(await api.person(contactOf(item.id), signal))
    if (now === undefined) throw new Failure('gone', 'the contact has no photo any more')
    return download(String(now.details.url), name, signal)
  }
}

const googles = '.googleusercontent.com'

/** Of the real service any host of that name, of another one (practice) the origin that its endpoint states. */
function isPhotoHost(address: string, endpoint = `https://lh3${googles}/`): boolean {
  if (!URL.canParse(address)) return false
  const { origin, protocol, hostname } = new URL(address)
  const allowed = new URL(endpoint)
  return origin === allowed.origin || (allowed.hostname.endsWith(googles) && protocol === 'https:' && hostname.endsWith(googles))
}

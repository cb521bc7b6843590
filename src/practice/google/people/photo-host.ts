import { jpeg } from '../../content/picture.ts'
import { type Handler, sendHtml } from '../../serving/reply.ts'
import { sendMedia } from '../drive-call.ts'
import type { PeopleModel } from './people-model.ts'

/**
 * lh3.googleusercontent.com, where the photos of contacts are; a bearer token there is a violation (hosts.ts sees to it). The suffix asks for a
 * size: `=s100` is the small picture, `=s0` and anything above 100 the one that was put there.
 */
export function createPhotoHost(model: PeopleModel | undefined): Handler {
  const letter = jpeg(96, 96, 0)
  return async (exchange) => {
    const { pathname } = exchange.url
    const [, kind, key = '', size = '100'] = /^\/(contacts|cm)\/([\w-]+)(?:=s(\d{1,4})(?:-[a-z-]+)?)?$/.exec(pathname) ?? []
    const photo = kind === 'contacts' ? model?.photos.get(key) : undefined
    const large = size === '0' || Number(size) > 100
    const bytes = kind === 'cm' ? letter : large ? photo?.full : photo?.small
    if (exchange.method !== 'GET' || bytes === undefined) return sendHtml(exchange, 404, '<h1>404</h1><p>Not found</p>')
    await sendMedia(exchange, bytes, 'image/jpeg')
  }
}

import { type Handler, sendHtml } from '../reply.ts'
import type { PeopleModel } from './people-model.ts'

/** lh3.googleusercontent.com, where the photos of contacts are; a bearer token there is a violation (hosts.ts sees to it). A stub: it has none. */
export function createPhotoHost(_model: PeopleModel | undefined): Handler {
  return (exchange) => sendHtml(exchange, 404, '<h1>404</h1><p>Not found</p>')
}

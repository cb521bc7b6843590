import { bearerOf, type Exchange, type Handler, sendHtml, sendRedirect } from '../serving/reply.ts'
import { authenticate, checkScopes } from './drive-api.ts'
import { allowed, type Call, type DriveService, parseResourceKeys, sendExport, sendMedia } from './drive-call.ts'
import { DriveError } from './drive-error.ts'
import { exportFormats, formatNames } from './export-formats.ts'
import { exportOf } from './exports.ts'
import { canDownload } from './file-resource.ts'
import type { Grants } from './grants.ts'
import { checkedParameters } from './parameters.ts'

interface ContentHostOptions {
  readonly service: DriveService
  readonly grants: Grants
}

/** These hosts answer people: errors are pages. */
const page = (exchange: Exchange, status: number, text: string) => sendHtml(exchange, status, `<h1>${status}</h1><p>${text}</p>`)

function callOf({ service, grants }: ContentHostOptions, exchange: Exchange, name: string): Call {
  const { person, scopes } = authenticate(exchange, grants, service.model.person)
  checkScopes(name, scopes)
  const resourceKeys = parseResourceKeys(exchange.headers['x-goog-drive-resource-keys'])
  // A link has lost the header's key; it may be added to the address instead.
  const key = exchange.url.searchParams.get('resourcekey')
  if (key !== null) resourceKeys.set(exchange.url.searchParams.get('id') ?? '', key)
  return {
    service,
    exchange,
    person,
    parameters: checkedParameters('', new URLSearchParams()),
    resourceKeys,
    model: service.model,
    docs: service.roots.docs,
  }
}

const asPages =
  (handler: Handler): Handler =>
  async (exchange) => {
    try {
      await handler(exchange)
    } catch (error) {
      if (!(error instanceof DriveError)) throw error
      await page(exchange, error.code, error.message)
    }
  }

/** docs.google.com: `exportLinks`, with the bearer token and without the limit of 10 MB. Without a token: the page for signing in. */
export function createDocsHost(options: ContentHostOptions): Handler {
  return asPages(async (exchange) => {
    const { url, method } = exchange
    const kind = /^\/feeds\/download\/(\w+)s\/export\/Export$/.exec(url.pathname)?.[1]
    if (method !== 'GET' || kind === undefined) return page(exchange, 404, 'Not found')
    if (bearerOf(exchange) === undefined) return sendRedirect(exchange, `${options.service.roots.accounts}ServiceLogin`)
    const call = callOf(options, exchange, 'files.export')
    const item = options.service.model.get(url.searchParams.get('id') ?? '')
    if (item === undefined || !allowed(call, item) || item.mimeType !== `application/vnd.google-apps.${kind}`)
      return page(exchange, 404, 'Not found')
    if (!canDownload(call, item)) return page(exchange, 403, 'You need permission')
    const format = exportFormats[item.mimeType]?.find((name) => formatNames[name] === url.searchParams.get('exportFormat'))
    const content = format === undefined ? undefined : exportOf(item, format)
    if (format === undefined || content === undefined) return page(exchange, 400, 'This format is not supported')
    await sendExport(exchange, content, format)
  })
}

/** drive.usercontent.google.com: what `files.download` prepared, with the bearer token. */
export function createUserContentHost(options: ContentHostOptions): Handler {
  const { operations, links, roots, model } = options.service
  return asPages(async (exchange) => {
    const { url, method } = exchange
    if (method !== 'GET' || url.pathname !== '/download') return page(exchange, 404, 'Not found')
    const call = callOf(options, exchange, 'files.download')
    const operation = operations.find(url.searchParams.get('operation') ?? '', call.person.email)
    const item = operation === undefined ? undefined : model.get(operation.fileId)
    if (operation === undefined || item === undefined || operation.pollsLeft > 0 || operation.failure !== undefined)
      return page(exchange, 404, 'Not found')
    if (!allowed(call, item)) return page(exchange, 404, 'Not found')
    const { content, mimeType, stored } = operation
    if (operation.redirects)
      return sendRedirect(exchange, roots.storage + links.make(operation.fileId, { content, mimeType, ranges: false }))
    await (stored ? sendMedia : sendExport)(exchange, content, mimeType)
  })
}

/** The many hosts that addresses with their own authority lead to. They refuse any Authorization header. */
export function createStorageHost({ links }: DriveService): Handler {
  return async (exchange) => {
    const { url, method, headers } = exchange
    if (headers.authorization !== undefined) {
      if (!/^bearer/i.test(headers.authorization)) exchange.violation('got an Authorization header')
      return page(exchange, 401, 'This address carries its own authority')
    }
    const target = method === 'GET' ? links.find(url.searchParams.get('sig') ?? '') : undefined
    if (target === undefined) return page(exchange, 403, 'This address is not valid any more')
    await (target.ranges ? sendMedia : sendExport)(exchange, target.content, target.mimeType)
  }
}

import { Failure } from '../core/failure.ts'
import { worthTryingFor } from './patience.ts'
import { redactText } from './redact.ts'

export interface NetworkFailureContext {
  /** What was asked for, redacted. */
  readonly what: string
  readonly host: string
  /** This host has answered in this run. */
  readonly known: boolean
  readonly stallMs: number
}

/**
 * What an error of the network layer (undici, Node's net, dns and tls) means. Where no connection came about the kind is `offline`; whether
 * that holds for the whole network or for one server only the connectivity of the run knows.
 */
export function networkFailure(error: unknown, context: NetworkFailureContext): Failure {
  if (error instanceof Failure) return error
  const code = codeOf(error)
  const { what, host } = context
  const cause = error
  if (unreachable[code] !== undefined)
    return new Failure('offline', `${host} ${unreachable[code]} (${what})`, { cause, hint: online })
  if (certificate.test(code)) return distrust(code, context, cause)
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    return new Failure('transient', `${host} sent nothing for ${Math.round(context.stallMs / 1000)} s (${what})`, { cause })
  }
  const message = error instanceof Error ? redactText(error.message) : String(code)
  const refusal = /Proxy response \((\d+)\)|Proxy Authentication Required \((407)\)/.exec(message)
  if (refusal !== null) return refusedByProxy(Number(refusal[1] ?? refusal[2]), context, cause)
  if (ours.has(code)) return new Failure('bug', `the request could not be sent: ${message} (${what})`, { cause })
  if (broken.test(code)) return new Failure('transient', `the connection to ${host} broke: ${message} (${what})`, { cause })
  return Failure.from(error)
}

const online = 'check the connection to the internet; the same command goes on where it stopped'

/** Codes of Node (https://nodejs.org/api/errors.html#common-system-errors, dns) and undici (docs/api/Errors). */
const unreachable: Readonly<Record<string, string>> = {
  ENOTFOUND: 'could not be found',
  EAI_AGAIN: 'could not be looked up: no name server answers',
  ENETUNREACH: 'cannot be reached: no network',
  EHOSTUNREACH: 'cannot be reached',
  EHOSTDOWN: 'cannot be reached',
  ENETDOWN: 'cannot be reached: the network is down',
  EADDRNOTAVAIL: 'cannot be reached: no network',
  ECONNREFUSED: 'refuses connections',
  ETIMEDOUT: 'does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'does not answer',
}

/** OpenSSL's verification errors, as Node names them: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const certificate =
  /^(CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CRL_|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|ERR_TLS_CERT|UND_ERR_PRX_TLS)/
const ours = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_DESTROYED', 'UND_ERR_CLOSED', 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH'])
const broken = /^(UND_ERR|HPE_|E[A-Z]|ERR_SSL|ERR_STREAM|ERR_HTTP|Z_)/

function distrust(code: string, { host, known, what }: NetworkFailureContext, cause: unknown): Failure {
  const message = `the certificate of ${host} is not trusted: ${code} (${what})`
  // A host that was trusted a moment ago is now spoken for by something in between: the login page of a Wi-Fi, most likely.
  if (known)
    return worthTryingFor(60_000, new Failure('offline', message, { cause, hint: `${portal}, then run the same command again` }))
  const hint = `${portal}; if your organisation inspects connections, name its certificate in network.ca or NODE_EXTRA_CA_CERTS`
  return new Failure('settings', message, { cause, hint, stops: 'account' })
}

const portal = 'if this network has a login page, open it in a browser first'

function refusedByProxy(status: number, { host, what }: NetworkFailureContext, cause: unknown): Failure {
  if (status === 407) {
    const hint = 'put them into HTTPS_PROXY and HTTP_PROXY: http://USER:PASSWORD@HOST:PORT'
    return new Failure('settings', `the proxy wants a user name and a password (${what})`, { cause, hint })
  }
  const message = `the proxy does not connect to ${host}: it answers ${status} (${what})`
  if (status >= 500) return new Failure('offline', message, { cause, hint: online })
  return new Failure('settings', message, { cause, hint: `ask whoever runs the proxy to allow ${host}`, stops: 'account' })
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const code = (error as NodeJS.ErrnoException).code
  // Several addresses were tried; or undici wrapped what its proxy connection met.
  const inner = error instanceof AggregateError ? error.errors[0] : code === 'UND_ERR_PRX_CONN' ? error.cause : undefined
  return (inner === undefined ? undefined : codeOf(inner) || undefined) ?? code ?? ''
}

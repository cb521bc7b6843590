/** A request as the transport takes it. */
export interface HttpRequest {
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** The provider's budget that it draws on, and how many units it costs (default 1). Absent: the account's first budget. */
  readonly budget?: string
  readonly cost?: number
  /** Absent: the account's credentials go along when the URL's origin may receive them. 'none': never (pre-signed addresses). */
  readonly credentials?: 'account' | 'none'
  /**
   * 'json' (default): answers are small, the whole exchange is retried.
   * 'stream': the body is handed on as it comes; the exchange is retried only up to the headers.
   */
  readonly expects?: 'json' | 'stream'
  /** Status codes besides 2xx that the caller wants to see as an answer instead of a Failure (206 is 2xx; 304, 416 …). */
  readonly accepts?: readonly number[]
  readonly signal?: AbortSignal
}

export interface HttpResponseHead {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Where the answer came from after redirects. */
  readonly url: string
}

export interface HttpResponse extends HttpResponseHead {
  /** The body, decompressed. Must be consumed, or given up by `cancel()`; the budget's place is held until then. */
  readonly body: AsyncIterable<Uint8Array>
  text(): Promise<string>
  cancel(): void
}

/**
 * The one way to the network, built for each account: retry → budget → sign → send → explain.
 * `send` resolves with a 2xx (or accepted) answer, else throws a Failure.
 */
export interface Transport {
  send(request: HttpRequest): Promise<HttpResponse>
  /**
   * The same transport in the form that official client libraries take (fetch of the web). `cost` names the price of each request.
   * Unlike `send` it resolves for a 304 too, and its Failures are thrown as they are.
   */
  fetch(
    cost: (request: { readonly method: string; readonly url: URL }) => {
      readonly budget?: string
      readonly cost?: number
      readonly expects?: 'json' | 'stream'
    },
  ): typeof fetch
}

/** Signs an account's requests. */
export interface Credentials {
  /** Adds what proves the account to a copy of the headers. */
  sign(request: {
    readonly method: string
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
  }): Promise<Record<string, string>>
  /**
   * After a 401: makes the next `sign` use something better, or throws a Failure of kind `signin`.
   * `challenge` is the WWW-Authenticate header; `rejected` the headers that were refused (so that one refresh serves all who were refused the same token).
   */
  renew(rejected: Readonly<Record<string, string>>, challenge: string | undefined): Promise<void>
}

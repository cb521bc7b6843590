/** A refusal by the token endpoint; `code` is the number of the table at https://developers.zoom.us/docs/integrations/oauth/ */
export class OAuthError extends Error {
  readonly status: number
  readonly code: number
  readonly error: string

  constructor(status: number, code: number, error: string, reason: string) {
    super(reason)
    this.status = status
    this.code = code
    this.error = error
  }
}

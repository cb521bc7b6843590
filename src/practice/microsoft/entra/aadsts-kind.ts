/** What a code of Entra's means on the wire. https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
export interface AadstsKind {
  /** `error` of OAuth. */
  readonly error: string
  readonly message: string
  /** What the person or program may do: https://learn.microsoft.com/entra/identity-platform/reference-error-codes#handling-error-codes-in-your-application */
  readonly suberror?: string
  /** Policies that want more send what the next sign-in must ask for. */
  readonly claims?: string
  /** Default 400. */
  readonly status?: number
  /** The page of the sign-in shows it and leads nowhere: the account or the app is not known there, so nobody may be told by a redirect. */
  readonly pageOnly?: true
}

export const mfaClaims = '{"access_token":{"capolids":{"essential":true,"values":["4d1f8d1c-0000-4000-8000-000000000001"]}}}'
export const grant = (message: string, suberror?: string, claims?: string): AadstsKind => ({
  error: 'invalid_grant',
  message,
  ...(suberror === undefined ? {} : { suberror }),
  ...(claims === undefined ? {} : { claims }),
})
export const request = (message: string): AadstsKind => ({ error: 'invalid_request', message })
export const onPage = (kind: AadstsKind): AadstsKind => ({ ...kind, pageOnly: true })

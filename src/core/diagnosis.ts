import type { Localised } from './language.ts'

/** Who can change what stands in the way of a sign-in. */
export type Changer =
  | 'you' // the person who signs in
  | 'administrator' // whoever looks after the organisation's accounts
  | 'registrant' // whoever registered the app at the provider: often the person

/** A refusal that a provider documents: data beside the provider's sign-in. */
export interface Diagnosis {
  /** As the provider writes it where it has a code (`admin_policy_enforced`, `AADSTS65001`, `4711`), else our own word. */
  readonly id: string
  /** Other codes, and words of the provider's page, that mean the same; compared without letter case. */
  readonly aliases?: readonly string[]
  readonly kind: 'signin' | 'settings' | 'transient'
  /** What it means: the message of the Failure, without a full stop. */
  readonly meaning: Localised
  /** Who can change it, the likeliest first. */
  readonly who: readonly [Changer, ...Changer[]]
  /** What the person does: the hint of the Failure, without a full stop. */
  readonly remedy: Localised
  /** What is asked of the help desk: one or two whole sentences of a polite letter. Absent: the person can change it alone. */
  readonly letter?: Localised
  /** The provider's page that states the refusal. */
  readonly page: string
  /** Shown in the browser alone: no redirect, the program never hears of it. */
  readonly inBrowser?: true
}

/** What the provider's server said when it refused; nothing of it is a secret, for whoever makes it redacts. */
export interface Refusal {
  /** As the server named it. */
  readonly code: string
  readonly description?: string
  /** What the provider's own support finds the refusal by: https://learn.microsoft.com/entra/identity-platform/reference-error-codes#handling-error-codes-in-your-application */
  readonly traceId?: string
  readonly correlationId?: string
  /** As the server wrote it. */
  readonly timestamp?: string
}

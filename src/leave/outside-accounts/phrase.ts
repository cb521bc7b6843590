import type { MessageKind } from './outside-accounts.ts'

/** Words that tell a kind: their weight where the subject has them, else where the body has. Texts are normalised (see `normalise`). */
export interface Phrase {
  readonly name: string
  readonly kind: MessageKind
  readonly subject: number
  readonly body: number
  readonly pattern: RegExp
  /** Says nothing in the mail of a sign-in service itself, which names itself in everything. */
  readonly notOfProviders?: true
}

/** One expression of several; with `u`, so that letters of every script are letters. */
export const any = (...patterns: readonly RegExp[]): RegExp =>
  new RegExp(patterns.map(({ source }) => `(?:${source})`).join('|'), 'u')

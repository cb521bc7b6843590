import type { Localised } from './language.ts'

/** What a person is asked and told who sets up an account at a provider for the first time. */
export interface SetupGuide {
  /** Of the provider's own settings: what cannot be guessed. */
  readonly questions: readonly SetupQuestion[]
  /** How an app of one's own is made; absent: none is needed. */
  readonly app?: AppGuide
}

/** A question for one of the provider's own settings. */
export interface SetupQuestion {
  /** The setting's key. */
  readonly key: string
  /** Without a question mark or colon at its end. */
  readonly question: Localised
  /** Usual answers, the most likely one first; absent: something is typed. */
  readonly choices?: readonly { readonly value: string; readonly title: Localised }[]
  /** For what is typed instead of a choice: what to type. */
  readonly other?: Localised
  /** What is wrong with what was typed; undefined: nothing. Never repeats what was typed. */
  complaint(answer: string): Localised | undefined
}

/** What the person chose, as far as the pages ask for it. */
export interface AppChoice {
  /** Ids of the chosen sources. */
  readonly sources: readonly string[]
  /** Every right that signing in will ask for, in the provider's writing: those, and no others. */
  readonly scopes: readonly string[]
  /** The address that the browser comes back to, as it is to be registered. */
  readonly redirect: string
  /** Answers to the provider's questions. */
  readonly settings: Readonly<Record<string, string>>
}

/** How to make an app at the provider, page by page. */
export interface AppGuide {
  /** What it takes, and for whom it will do: a few sentences. */
  readonly before: Localised
  steps(choice: AppChoice): readonly GuideStep[]
  /** What else to expect when signing in. */
  readonly after?: Localised
  /** Reads the client id that was pasted, blanks at its ends taken off. Never repeats it: it may be a secret. */
  readClient(pasted: string): PastedClient
  /** What is wrong with a pasted client secret; undefined: nothing. */
  secretComplaint?(pasted: string): Localised | undefined
}

/** One page of the provider's. */
export interface GuideStep {
  readonly title: Localised
  /** Its address. */
  readonly page: string
  /** What to click and to type there, in order, with the names that stand on the page in quotes. */
  readonly actions: readonly Localised[]
  /** Lines to be copied as they are. */
  readonly copy?: readonly string[]
  /** Lines that may be added, and what for. */
  readonly optional?: { readonly why: Localised; readonly copy: readonly string[] }
  /** The documentation that says so. */
  readonly source: string
}

/** What was pasted: a client, one that may be something else (`doubt`), or none. */
export type PastedClient =
  | { readonly id: string; readonly secret?: string; readonly doubt?: Localised }
  | { readonly problem: Localised }

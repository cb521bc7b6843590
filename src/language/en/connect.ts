/** Who can change what stands in the way. */
type Changer = 'you' | 'administrator' | 'registrant'

/** What a letter states besides its request; a line each, where there is something to state. */
export interface LetterFacts {
  readonly provider: string
  readonly name: string | undefined
  readonly code: string
  readonly meaning: string
  readonly description: string | undefined
  readonly time: string | undefined
  readonly correlation: string | undefined
  readonly trace: string | undefined
  readonly client: string
  readonly scopes: readonly string[]
  /** Absent: the person can change it alone, and asks for help all the same. */
  readonly request: string | undefined
}

/** What `connect`, `accounts` and `disconnect` print. */
export const connect = {
  browserOpens: (address: string) => `your browser opens; if it does not, open this address: ${address}`,
  openAddress:
    'open this address in a browser; where that browser cannot reach this machine, paste the address that it ends at here:',
  enterCode: (address: string, code: string) => `open ${address} on any device and enter the code ${code}`,
  stillWaiting: (account: string, example: string) =>
    `still waiting for the browser; if its page shows an error instead (a code such as ${example}), end this with Ctrl-C and run: holdall connect ${account} --explain CODE`,
  pageShowed: (account: string, example: string) =>
    `if the page in the browser showed a code such as ${example}, run: holdall connect ${account} --explain CODE`,
  /** A hint, and a second one. */
  also: (hint: string | undefined, more: string) => (hint === undefined ? more : `${hint}; ${more}`),
  explainHint: (account: string) => `holdall connect ${account} --explain prints a text for your help desk`,
  stepUp: 'a rule of your organisation asks for one more proof of who you are; please sign in once more for it',
  signedIn: (account: string, name: string) =>
    `Signed in to ${account} as ${name}. Next: holdall plan ${account}, or holdall backup ${account}`,
  missingRight: (right: string) => `the right ${right} was not granted`,
  isItRight: (name: string) => `${name} signed in. Is this the account to back up? [Y/n] `,
  yes: /^\s*(y|yes|)\s*$/i,
  wrongPerson: (account: string, name: string) => ({
    message: `${name} was not the right account; nothing was kept`,
    hint: `run holdall connect ${account} again and choose another account on the page`,
  }),
  noDevice: (account: string, provider: string) => ({
    message: `${provider} does not allow signing in with a code for these rights`,
    hint: `run holdall connect ${account} --no-browser, and open the address in a browser on any machine`,
  }),
  askPassword: (account: string, username: string, where: string) => `Password for ${account} (${username} at ${where}): `,
  noPassword: (account: string, variable: string) => ({
    message: `no password for ${account}`,
    hint: `type it on a terminal, or set ${variable}`,
  }),
  noExplaining: (account: string, provider: string) => ({
    message: `${account} signs in to ${provider} with a password, and there is nothing to explain`,
    hint: `run holdall connect ${account}`,
  }),
  noRefusal: (account: string) => ({
    message: `no refused sign-in to ${account} is remembered`,
    hint: `run holdall connect ${account} first, or name what the page showed: holdall connect ${account} --explain CODE`,
  }),
  unknownCode: (code: string, provider: string, known: readonly string[]) => ({
    message: `nothing is known about ${JSON.stringify(code)} at ${provider}`,
    hint: `the codes are: ${known.join(', ')}`,
  }),
  explanation: {
    title: (provider: string, code: string) => `${provider}: ${code}`,
    meaning: 'What it means',
    who: 'Who can change it',
    remedy: 'What to do',
    page: 'The provider’s page',
    changers: {
      you: 'you',
      administrator: 'the administrator of your organisation (its help desk)',
      registrant: 'whoever registered the app (you, if you made it yourself)',
    } satisfies Record<Changer, string>,
    or: ', or ',
    letter: 'A text for your help desk, to copy',
  },
  letter: (facts: LetterFacts): string =>
    [
      `Subject: Signing in to ${facts.provider} with a backup program is refused (${facts.code})`,
      '',
      'Hello,',
      '',
      `I would like to copy what I have in my ${facts.provider} account to my own disk, with the program Holdall. It only reads. Signing in is refused:`,
      '',
      ...(facts.name === undefined ? [] : [`  Account: ${facts.name}`]),
      `  Error: ${facts.code} (${facts.meaning})`,
      ...(facts.description === undefined ? [] : [`  Message: ${facts.description}`]),
      ...(facts.time === undefined ? [] : [`  Time: ${facts.time}`]),
      ...(facts.correlation === undefined ? [] : [`  Correlation ID: ${facts.correlation}`]),
      ...(facts.trace === undefined ? [] : [`  Trace ID: ${facts.trace}`]),
      `  App (client id): ${facts.client}`,
      ...(facts.scopes.length === 0 ? [] : [`  Rights asked for: ${facts.scopes.join(', ')}`]),
      '',
      facts.request ?? 'I have tried what the program suggests, and it did not help. Would you please tell me what I can do?',
      '',
      'Thank you very much.',
    ].join('\n'),
  accounts: {
    headings: ['account', 'provider', 'signed in', 'rights', 'until'],
    passwordGiven: 'password from the environment or the settings',
    passwordChanges: 'the password changes',
    revoked: 'revoked',
    nobody: (account: string) => `not signed in (holdall connect ${account})`,
  },
  signedOut: (account: string) => `${account} is signed out. What was saved stays in the archive.`,
}

/** `holdall leave --transfer`. */
export const transfer = {
  none: (provider: string) => `files at ${provider} cannot be given to somebody else by a program; do it on its pages`,
  list: (account: string, own: string) => `Files of ${own} (${account}) that would be given away:`,
  columns: ['file', 'to', 'what would happen'],
  results: ['file', 'to', 'what became of it'],
  folder: (name: string) => `${name}/ (the folder alone)`,
  gives: 'becomes theirs',
  already: { given: 'is theirs already', offered: 'was offered to them already' },
  refused: (why: string) => `not given: ${why}`,
  nothing: 'There is nothing in the plan that can be given away.',
  foldersAlone: 'A folder is given without what is in it: files in it stay yours unless the plan names them too.',
  warning:
    'You cannot take any of them back: only the new owner can return a file. You stay an editor until your account ends; each new owner gets a message from the service.',
  dry: 'Nothing was changed: this was a dry run. Without --dry-run the same is done, after you have agreed.',
  ask: (count: string) => `To give these files away, type their number (${count}): `,
  nobody: {
    message: 'giving files away has to be agreed to by a person at a terminal; nothing was changed (--yes does not do it)',
    hint: 'run the same command in a terminal window, without --json; --dry-run shows what would be done',
  },
  notAgreed: 'Nothing was changed.',
  signIn: 'Sign in once more: this one occasion needs the right to change files, which Holdall does not keep.',
  rightEnds: 'The right to change files was not kept; it ends by itself within an hour.',
  otherPerson: (own: string, signedIn: string) => ({
    message: `${signedIn} signed in, and the plan is for ${own}; nothing was changed`,
    hint: `run the same command again and sign in as ${own}`,
  }),
  notGranted: {
    message: 'the right to change files was not granted; nothing was changed',
    hint: 'run the same command again and allow it, or give the files away on the pages of the service',
  },
  given: 'is theirs now',
  offered: 'offered; they have to accept',
  failed: (why: string) => `not done: ${why}`,
  stopped: 'not tried',
  toOthers: (to: string) => `What ${to} should do:`,
  accept:
    'accept each offer in the message from the service, before your account ends: until then the file stays yours, and is lost with your account',
  find: 'look for the files (search for owner:me): they stay in the folders where they were; move them into a folder of their own, since yours end with your account',
  summary: (done: string, of: string) => `${done} of ${of} done.`,
}

/** What `holdall init` asks and says. */
export const init = {
  ownName: 'English',
  number: (usual: number) => `Number [${usual}]: `,
  numbers: (usual: readonly number[]) => `Numbers, such as "1 3"${usual.length === 0 ? '' : ` [${usual.join(' ')}]`}: `,
  noSuchNumber: (count: number) => `Please type a number from 1 to ${count}, or press Enter for the one in brackets.`,
  noSuchNumbers: (count: number) => `Please type numbers from 1 to ${count}, with blanks between them.`,
  yesOrNo: 'Please type y or n.',
  welcome:
    'This writes holdall.yaml, the settings for your backup. Press Enter to take what stands in brackets, and Ctrl-C to stop: nothing is written before the end.',
  whichProfile: 'Is your organisation one of these? Its profile knows what you would have to find out.',
  noProfile: 'None of them',
  otherProfile: 'Another profile: a file, or an https address',
  whichOtherProfile: 'Path of the file, or https address: ',
  placeTitle:
    'Where should the backup go? Best onto a disk of its own, with room for everything, and not into a folder that OneDrive, Google Drive or Dropbox keeps in step.',
  whichPlace: (usual: string) => `Folder for the archive [${usual}]: `,
  place: (folder: string, isNew: boolean) =>
    isNew ? `${folder} can hold the archive.` : `${folder} holds an archive already; it will be carried on.`,
  free: (size: string, fileSystem: string | undefined) =>
    `${size} are free${fileSystem === undefined ? '' : ` (file system ${fileSystem})`}; holdall plan says how much is needed.`,
  largestFile: (size: string) =>
    `No file above ${size} fits onto this disk: such files would be refused, and named. A disk formatted as exFAT takes them.`,
  shortNames: 'Names of ordinary length do not fit onto this file system: holdall backup will refuse it.',
  useAnyway: 'Use it all the same?',
  whichAccounts: 'Which accounts do you want to back up?',
  provider: (title: string, sources: readonly string[]) => `${title} (${sources.join(', ')})`,
  accountTitle: (title: string) => `== ${title} ==`,
  whichSources: 'What of it? Only the rights for what you choose will be asked for.',
  moreRights: (title: string) => `${title} (needs more rights)`,
  otherAnswer: (what: string) => `something else: ${what}`,
  notThat: (why: string) => `That will not do: ${why}.`,
  fromProfile: (setting: string) => `From the profile: ${setting}`,
  clientFromProfile: 'The app comes with the profile: there is nothing to register.',
  appTitle: (provider: string) => `-- An app of your own at ${provider} --`,
  haveClient: 'If you have a client id already, paste it; else press Enter to be shown how: ',
  page: (number: number, of: number, title: string) => `Page ${number} of ${of}: ${title}`,
  nextPage: (back: boolean): string => (back ? 'Enter: done, next page; b: back: ' : 'Enter: done, next page: '),
  pasteClient: 'Paste the client id: ',
  pasteSecret: 'Paste the client secret (it is not shown): ',
  wrongClient: (why: string, blanks: boolean) =>
    `This does not look right: ${why}${blanks ? '; there are blanks in it, so perhaps more than one thing was copied' : ''}.`,
  done: (file: string, accounts: readonly string[]) =>
    [
      `Wrote ${file}. Next:`,
      ...accounts.map((account) => `  holdall connect ${account}`),
      '  holdall plan     how much there is, and how long it will take',
      '  holdall backup',
    ].join('\n'),
}

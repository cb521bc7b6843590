import type { NotTaken } from '../../core/provider.ts'

/** Google's own export of everything: https://takeout.google.com, explained at this page. */
const takeout = 'https://support.google.com/accounts/answer/3024190'

/**
 * What a Google account may hold besides Drive, mail, contacts, calendars and tasks. Photos, Keep and Chat have APIs, but none that gives a person's own
 * program everything: Photos' has shown only what the program itself uploaded since 31 March 2025 (https://developers.google.com/photos/support/updates),
 * Keep's is for administrators alone (https://developers.google.com/workspace/keep/api/guides), Chat's for Workspace accounts
 * (https://developers.google.com/workspace/chat/overview).
 */
export const notTaken: readonly NotTaken[] = [
  {
    what: 'Google Photos',
    howByHand:
      'Open takeout.google.com, choose Google Photos alone, and export; large libraries come in several files and can take days.',
    page: takeout,
  },
  {
    what: 'Google Keep (notes)',
    howByHand: 'Open takeout.google.com, choose Keep alone, and export.',
    page: takeout,
  },
  {
    what: 'Google Chat (messages and files in them)',
    howByHand: 'Open takeout.google.com, choose Google Chat alone, and export, where your organisation allows it.',
    page: takeout,
  },
  {
    what: 'Answers to Google Forms',
    howByHand: 'Open each form, then Responses, then the menu, then Download responses (.csv).',
    page: 'https://support.google.com/docs/answer/139706',
    seen: 'The forms in your Drive are listed above as not exportable; whether they have answers cannot be seen.',
  },
  {
    what: 'Google Sites',
    howByHand: 'Open takeout.google.com, choose Drive and in it Sites, and export; or print each page as PDF.',
    page: takeout,
    seen: 'The sites in your Drive are listed above as not exportable.',
  },
  {
    what: 'Google Classroom, Groups, My Maps, YouTube, Blogger and everything else',
    howByHand: 'Open takeout.google.com: it lists every product that holds data of yours.',
    page: takeout,
  },
]

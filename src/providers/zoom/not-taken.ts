import type { NotTaken } from '../../core/provider.ts'

const article = (number: string) => `https://support.zoom.com/hc/en/article?id=zm_kb&sysparm_article=${number}`

/** What a person may have of Zoom besides cloud recordings; see provider.ts for which of it an ordinary user's app may read. */
export const notTaken: readonly NotTaken[] = [
  {
    what: 'Recordings on your own computer',
    howByHand:
      'They lie in the folder Zoom within your documents: copy that folder. They are no part of the account and stay where they are.',
    page: article('KB0067315'),
  },
  {
    what: 'Team Chat (messages and files in them)',
    howByHand: 'Copy what matters; an export of the whole history is for administrators: ask them.',
    page: article('KB0061552'),
  },
  {
    what: 'Whiteboards',
    howByHand: 'Open Whiteboards in the web portal, then the menu of each, then Export.',
    page: 'https://support.zoom.us/hc/en-us/articles/5304058491405',
  },
  {
    what: 'Clips',
    howByHand: 'Open Clips in the web portal, then the menu of each, then Download, where your organisation allows it.',
    page: article('KB0057724'),
  },
  {
    what: 'Zoom Docs, notes, polls, attendance reports',
    howByHand:
      'Open each in the web portal and export or print it; reports of others’ meetings are for their hosts and administrators.',
    page: 'https://support.zoom.com/hc/en',
  },
]

import type { NotTaken } from '../../core/provider.ts'

/** What a server for files may hold besides files. */
export const notTaken: readonly NotTaken[] = [
  {
    what: 'Earlier versions, comments, shares and links to files',
    howByHand: 'Where the server has a web page of its own, open it and look for versions and comments there.',
    page: 'https://docs.nextcloud.com/server/latest/user_manual/en/files/version_control.html',
  },
  {
    what: 'Calendars and contacts, where the server has them (Nextcloud, ownCloud)',
    howByHand: 'On the server’s web page open the calendar’s or address book’s menu and export it (.ics, .vcf).',
    page: 'https://docs.nextcloud.com/server/latest/user_manual/en/groupware/calendar.html',
  },
]

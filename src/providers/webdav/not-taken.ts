import type { NotTaken } from '../../core/provider.ts'

/** What a server for files may hold besides files. */
export const notTaken: readonly NotTaken[] = [
  {
    what: {
      en: 'Earlier versions, comments, shares and links to files',
      ja: 'ファイルの以前のバージョン、コメント、共有、リンク',
    },
    howByHand: {
      en: 'Where the server has a web page of its own, open it and look for versions and comments there.',
      ja: 'サーバーに専用のウェブページがある場合は、そこでバージョンやコメントをご確認ください。',
    },
    page: 'https://docs.nextcloud.com/server/latest/user_manual/en/files/version_control.html',
  },
  {
    what: {
      en: 'Calendars and contacts, where the server has them (Nextcloud, ownCloud)',
      ja: 'カレンダーと連絡先（Nextcloud や ownCloud など、サーバーにある場合）',
    },
    howByHand: {
      en: 'On the server’s web page open the calendar’s or address book’s menu and export it (.ics, .vcf).',
      ja: 'サーバーのウェブページで、カレンダーまたはアドレス帳のメニューからエクスポートしてください（.ics、.vcf）。',
    },
    page: 'https://docs.nextcloud.com/server/latest/user_manual/en/groupware/calendar.html',
  },
]

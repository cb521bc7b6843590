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
    what: {
      en: 'Google Photos',
      ja: 'Google フォト',
    },
    howByHand: {
      en: 'Open takeout.google.com, choose Google Photos alone, and export; large libraries come in several files and can take days.',
      ja: 'takeout.google.com を開き、「Google フォト」だけを選んでエクスポートしてください。写真が多い場合は複数のファイルに分かれ、数日かかることがあります。',
    },
    page: takeout,
  },
  {
    what: {
      en: 'Google Keep (notes)',
      ja: 'Google Keep（メモ）',
    },
    howByHand: {
      en: 'Open takeout.google.com, choose Keep alone, and export.',
      ja: 'takeout.google.com を開き、「Keep」だけを選んでエクスポートしてください。',
    },
    page: takeout,
  },
  {
    what: {
      en: 'Google Chat (messages and files in them)',
      ja: 'Google Chat（メッセージと添付ファイル）',
    },
    howByHand: {
      en: 'Open takeout.google.com, choose Google Chat alone, and export, where your organisation allows it.',
      ja: 'takeout.google.com を開き、「Google Chat」だけを選んでエクスポートしてください（組織が許可している場合）。',
    },
    page: takeout,
  },
  {
    what: {
      en: 'Answers to Google Forms',
      ja: 'Google フォームの回答',
    },
    howByHand: {
      en: 'Open each form, then Responses, then the menu, then Download responses (.csv).',
      ja: 'フォームごとに「回答」タブを開き、メニューの「回答をダウンロード（.csv）」を選んでください。',
    },
    page: 'https://support.google.com/docs/answer/139706',
    seen: {
      en: 'The forms in your Drive are listed above as not exportable; whether they have answers cannot be seen.',
      ja: 'ドライブにあるフォームは、上の「書き出し不可」に含まれています。回答があるかどうかは確認できません。',
    },
  },
  {
    what: {
      en: 'Google Sites',
      ja: 'Google サイト',
    },
    howByHand: {
      en: 'Open takeout.google.com, choose Drive and in it Sites, and export; or print each page as PDF.',
      ja: 'takeout.google.com を開き、「ドライブ」の中のサイトを選んでエクスポートするか、ページごとに PDF として印刷してください。',
    },
    page: takeout,
    seen: {
      en: 'The sites in your Drive are listed above as not exportable.',
      ja: 'ドライブにあるサイトは、上の「書き出し不可」に含まれています。',
    },
  },
  {
    what: {
      en: 'Google Classroom, Groups, My Maps, YouTube, Blogger and everything else',
      ja: 'Google Classroom、グループ、マイマップ、YouTube、Blogger、その他すべて',
    },
    howByHand: {
      en: 'Open takeout.google.com: it lists every product that holds data of yours.',
      ja: 'takeout.google.com を開くと、データのあるサービスの一覧が表示されます。',
    },
    page: takeout,
  },
]

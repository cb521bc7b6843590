import type { NotTaken } from '../../core/provider.ts'
import { scopes } from './scopes.ts'

const article = (number: string) => `https://support.zoom.com/hc/en/article?id=zm_kb&sysparm_article=${number}`

/** What a person may have of Zoom besides cloud recordings, and clips where the settings name them; see provider.ts for which of it an ordinary user's app may read. */
export const notTaken: readonly NotTaken[] = [
  {
    what: {
      en: 'Recordings on your own computer',
      ja: 'ご自分のパソコンに保存したレコーディング',
    },
    howByHand: {
      en: 'They lie in the folder Zoom within your documents: copy that folder. They are no part of the account and stay where they are.',
      ja: '「ドキュメント」の中の Zoom フォルダーにありますので、フォルダーごとコピーしてください。アカウントには含まれず、そのまま残ります。',
    },
    page: article('KB0067315'),
  },
  {
    what: {
      en: 'Team Chat (messages and files in them)',
      ja: 'チームチャット（メッセージと添付ファイル）',
    },
    howByHand: {
      en: 'Reading it takes rights to what others wrote as well, which Holdall does not ask for. Copy what matters; an export of the whole history is for administrators: ask them.',
      ja: '読み取るには、ほかの人が書いた内容への権限も必要になるため、Holdall では取得しません。大切なものをコピーしてください。全履歴のエクスポートは管理者だけが行えますので、管理者にご依頼ください。',
    },
    page: article('KB0061552'),
  },
  {
    what: {
      en: 'Whiteboards',
      ja: 'ホワイトボード',
    },
    howByHand: {
      en: 'Zoom exports them to a program only with a right to change the account, which Holdall never asks for. Open Whiteboards in the web portal, then the menu of each, then Export.',
      ja: 'プログラムからのエクスポートにはアカウントを変更する権限が必要なため、Holdall では取得しません。Zoom ウェブポータルの「ホワイトボード」で、それぞれのメニューから「エクスポート」を選んでください。',
    },
    page: 'https://support.zoom.us/hc/en-us/articles/5304058491405',
  },
  {
    what: {
      en: 'Clips, unless the settings name them',
      ja: 'クリップ（設定で指定した場合を除く）',
    },
    howByHand: {
      en: `Write “sources: [recordings, clips]” for the account in holdall.yaml, and add ${scopes.clips.join(' and ')} to your app at https://marketplace.zoom.us, then sign in again. By hand: open Clips in the web portal, then the menu of each, then Download, where your organisation allows it.`,
      ja: `holdall.yaml のアカウントに「sources: [recordings, clips]」と書き、https://marketplace.zoom.us のアプリに ${scopes.clips.join(' と ')} を加えて、もう一度サインインしてください。手作業の場合は、Zoom ウェブポータルの「クリップ」で、それぞれのメニューから「ダウンロード」を選んでください（組織が許可している場合）。`,
    },
    page: article('KB0057724'),
  },
  {
    what: {
      en: 'Zoom Docs, notes, polls, attendance reports',
      ja: 'Zoom Docs、メモ、投票、出席レポート',
    },
    howByHand: {
      en: 'Zoom gives programs no export of documents, and reports to administrators alone. Open each in the web portal and export or print it; reports of others’ meetings are for their hosts and administrators.',
      ja: 'Zoom はドキュメントのエクスポートをプログラムに提供しておらず、レポートも管理者にしか提供していません。Zoom ウェブポータルでそれぞれ開き、エクスポートまたは印刷してください。ほかの人が主催したミーティングのレポートは、主催者と管理者だけが利用できます。',
    },
    page: 'https://support.zoom.com/hc/en',
  },
]

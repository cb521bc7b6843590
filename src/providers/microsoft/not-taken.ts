import type { NotTaken } from '../../core/provider.ts'

/** What a Microsoft account may hold besides OneDrive and OneNote. */
export const notTaken: readonly NotTaken[] = [
  {
    what: {
      en: 'Outlook: mail, calendar, contacts',
      ja: 'Outlook（メール、予定表、連絡先）',
    },
    howByHand: {
      en: 'In classic Outlook for Windows: File, Open & Export, Import/Export, Export to a file (.pst).',
      ja: 'Windows の従来の Outlook で「ファイル」→「開く/エクスポート」→「インポート/エクスポート」→「ファイルにエクスポート」（.pst）を選んでください。',
    },
    page: 'https://support.microsoft.com/office/14252b52-3075-4e9b-be4e-ff9ef1068f91',
  },
  {
    what: {
      en: 'Teams: chats, channel messages, meetings',
      ja: 'Teams（チャット、チャネルのメッセージ、会議）',
    },
    howByHand: {
      en: 'A work or school account offers no export: copy what matters, or ask your IT department. Files sent in chats lie in OneDrive and are taken from there.',
      ja: '職場または学校のアカウントにはエクスポートの機能がありません。大切なものをコピーするか、情報システム部門にお問い合わせください。チャットで送ったファイルは OneDrive にあり、そこから取得します。',
    },
    page: 'https://support.microsoft.com/teams',
  },
  {
    what: {
      en: 'Files of teams and SharePoint sites',
      ja: 'チームや SharePoint サイトのファイル',
    },
    howByHand: {
      en: 'Open the site, choose the documents, and download them; those of a team usually stay with the team.',
      ja: 'サイトを開き、ドキュメントを選んでダウンロードしてください。チームのファイルは、通常はチームに残ります。',
    },
    page: 'https://support.microsoft.com/sharepoint',
  },
  {
    what: {
      en: 'Microsoft Forms and their answers',
      ja: 'Microsoft Forms とその回答',
    },
    howByHand: {
      en: 'Open each form, then Responses, then Open in Excel, and save the workbook.',
      ja: 'フォームごとに「応答」→「Excel で開く」を選び、ブックを保存してください。',
    },
    page: 'https://support.microsoft.com/forms',
  },
  {
    what: {
      en: 'Planner and To Do',
      ja: 'Planner と To Do',
    },
    howByHand: {
      en: 'In Planner open a plan, then its menu, then Export plan to Excel; of To Do, print the lists. A whole export is for administrators.',
      ja: 'Planner ではプランのメニューから「プランを Excel にエクスポート」を選び、To Do ではリストを印刷してください。全体のエクスポートは管理者だけが行えます。',
    },
    page: 'https://learn.microsoft.com/planner/export-user-data',
  },
]

import type { profile as english } from '../en/profile.ts'

export const profile: typeof english = {
  shown: (name, address) => `${name} のプロファイル(${address})の内容は次のとおりです。`,
  page: (address) => `離籍する方向けのページ: ${address}`,
  help: (text) => `問い合わせ先: ${text}`,
  lastDay: (day) => `利用できる最終日: ${day}`,
  settings: (account) => `${account} のアカウントには次の設定が使われます(ご自身で書いた設定があれば、そちらが優先されます)。`,
  widened: (rights) => `プロファイルの設定により、通常より広い読み取り権限を求めます: ${rights}`,
  nothing: '設定は含まれていません。案内だけが表示されます。',
  kept: '取得するのは今回だけで、内容は手元に保存されます。サーバー側で後から変更されても影響はありません。',
  ask: '提供元を信頼して、このプロファイルを使いますか? [y/N] ',
}

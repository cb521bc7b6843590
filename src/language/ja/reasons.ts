import type { reasons as english } from '../en/reasons.ts'

export const reasons: typeof english = {
  'no-export': 'この種類のデータには、サービス側にダウンロードの手段がありません',
  'download-forbidden': '所有者または組織がダウンロードを禁止しています',
  'flagged-abusive': 'マルウェアまたは迷惑コンテンツとして、サービスが提供を止めています',
  encrypted: 'ほかのプログラムによって暗号化されています',
  'third-party': '他社のアプリの中にあります',
  'too-large': 'サービスがこの大きさのデータの書き出しに対応していません',
  elsewhere: 'アーカイブの別の取得元に保存されています',
  'password-protected': 'パスワードで保護されています',
}

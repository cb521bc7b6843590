import type { summary as english } from '../en/summary.ts'
import { formats } from '../formats.ts'

const { number: n, size, time, date } = formats.ja

const items = (count: number) => `${n(count)} 件`
const so = (open: string) => (open === '' ? '' : `（${open}）`)

export const summary: typeof english = {
  states: {
    saved: '今回保存',
    unchanged: '変更なし',
    unexportable: '書き出し不可',
    excluded: '対象外',
    gone: '消失',
    pending: '未完了',
    failed: '失敗',
  },
  source: '取得元',
  itemsColumn: '件数',
  bytesColumn: 'サイズ',
  all: '合計',
  items,
  inState: (count, state) => `${state} ${n(count)} 件`,
  separator: '、',
  interrupted: (open) =>
    `完了していません: 中断されました${so(open)}。ここまでの結果は残っています。同じコマンドをもう一度実行すると、続きから再開します。`,
  unexpected: (open) =>
    `完了していません: 予期しないエラーが起きました${so(open)}。メッセージをご確認ください。ここまでの結果は残っています。同じコマンドをもう一度実行してください。`,
  mistake: (open) => `完了していません: 設定またはコマンドの指定に誤りがあります${so(open)}。メッセージをご確認ください。`,
  signInFirst: (open) =>
    `完了していません: サインインが必要です${so(open)}。holdall connect でサインインしてから、同じコマンドをもう一度実行してください。`,
  unusable: (open) =>
    `完了していません: アーカイブを使用できません${so(open)}。メッセージをご確認ください。保存済みのものは残っています。原因を取り除いてから、同じコマンドをもう一度実行してください。`,
  listed: (count) => `一覧を取得しました: ${items(count)}。ダウンロードは行っていません。`,
  unlisted:
    '完了していません: 一覧を取得できないところがありました。メッセージをご確認のうえ、同じコマンドをもう一度実行してください。',
  open: (open) => `完了していません: ${open}。同じコマンドをもう一度実行してください。`,
  noSource: '何も行いませんでした: 取得元が選ばれていません。',
  complete: (count, { unexportable, excluded, gone }) => {
    const left = [
      ...(unexportable > 0 ? [`サービスから取り出せないもの ${n(unexportable)} 件`] : []),
      ...(excluded > 0 ? [`設定により対象外としたもの ${n(excluded)} 件`] : []),
      ...(gone > 0 ? [`保存する前に取得元で消えたもの ${n(gone)} 件`] : []),
    ]
    return `完了しました: 全 ${items(count)}、未完了なし、失敗なし。${left.length > 0 ? `保存していないもの: ${left.join('、')}。` : ''}`
  },
  empty: (sources) => `${sources} には何も見つかりませんでした。アカウントに間違いがないかご確認ください。`,
  nothingYet: 'まだ何も保存されていません。次のコマンド: holdall backup',
  bytesSaved: (bytes) => `保存済みのデータは ${size(bytes)} です。`,
  lastRun: (command, began, status) =>
    `前回の ${command} は ${time(began)} に始まり、${status === undefined ? 'まだ実行中か、途中で途切れています' : `終了コード ${status} で終わりました`}。`,
  lags: 'チェックサム一覧が、保存済みの内容より古くなっています。holdall backup または holdall verify を実行すると更新されます。',
  notComplete: '完了していません。次のコマンド: holdall backup',
  nothingOpen: '未完了のものも失敗したものもありません。次のコマンド: holdall verify',
  expiring: (source, count, first, last) => {
    const when = date(first) === date(last) ? `${date(first)}に` : `${date(first)}から${date(last)}までの間に`
    return `${source}: まだ保存していない ${items(count)}が、サービスの保存期限により${when}削除されます。バックアップではこれらを先に取得します`
  },
  moreOf: (count, place) => `ほか ${n(count)} 件（すべての一覧: ${place}）`,
  moreReasons: (count, reasons, place) => `ほかの ${n(reasons)} 種類の理由によるもの ${n(count)} 件（一覧: ${place}）`,
  whatToDo: '対処方法',
  bug: 'これは Holdall の不具合です。保存済みのものは残っています。',
}

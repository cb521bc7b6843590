import type { run as english } from '../en/run.ts'
import { formats } from '../formats.ts'

const { number: n, duration, size, time } = formats.ja

/** コマンドの名前と、画面に出す呼び方。 */
const commands: Readonly<Record<string, string>> = {
  backup: 'バックアップ',
  plan: '事前調査',
  verify: '検証',
  copy: '複製',
  report: 'レポートの作成',
  export: '書き出し',
}

export const run: typeof english = {
  warning: '警告',
  error: 'エラー',
  started: (command, where) =>
    `${commands[command] ?? command}を開始します${where.archive === undefined ? '' : `: ${where.archive}`}${where.run === undefined ? '' : `（${where.run} 回目の実行）`}`,
  moved: (from, to) => `移動しました: ${from} -> ${to}`,
  counted: (source, ids, asOf) =>
    `${source}: 別の方法で数え直しました（${n(ids)} 件）。${time(asOf)} の時点であったものは、すべて把握できています`,
  damaged: (path) => `破損: ${path}`,
  paused: (account) => `${account}: 一時停止しています（自動的に再開します）`,
  resumed: (account, afterMs) => `${account}: ${duration(afterMs)}ぶりに再開しました`,
  throttled: (account, waitMs) => `${account}: サービス側の求めにより ${duration(waitMs)}待ちます`,
  throttledStill: (account, waitMs) => `${account}: サービス側の求めにより待っています（あと ${duration(waitMs)}）`,
  retry: (account, what, inMs) => `${account}: ${what}: ${duration(inMs)}後にもう一度試します`,
  items: {
    saved: '保存しました',
    unchanged: '変更なし',
    unexportable: '書き出し不可',
    excluded: '対象外',
    gone: '消失',
    pending: '未完了',
    failed: '保存できませんでした',
  },
  tooMany: (source, count, what) => `${source}: 「${what}」が ${n(count)} 件を超えました。残りは最後のまとめに件数だけを示します`,
  listing: {
    begun: (source, stream) => `${source}: 一覧を取得しています（${stream}）`,
    resumed: (source, stream) => `${source}: 一覧の取得を再開しています（${stream}）`,
    changes: (source, stream) => `${source}: 変更を確認しています（${stream}）`,
    done: (source, stream, items) => `${source}: 一覧を取得しました（${stream}、${n(items)} 件）`,
  },
  sealing: 'アーカイブのチェックサム一覧を書き込んでいます',
  sealed: (files) => `チェックサム一覧を書き込みました: ${n(files)} ファイル`,
  checked: (files, bytes, damaged) => `検証済み ${n(files)} ファイル、${size(bytes)}、破損 ${n(damaged)} 件`,
  taking: (path) => `取得中: ${path}`,
  separator: '、',
  done: (done, items) => `${n(items)} 件中 ${n(done)} 件`,
  amount: (done, all) => `${size(all)} 中 ${size(done)}`,
  failures: (count) => `失敗 ${n(count)} 件`,
  stillListing: '一覧を取得中',
  nothingMoves: '現在は進んでいません',
  about: (leftMs) => `残り約 ${duration(leftMs)}`,
  moreSources: (count) => `ほか ${n(count)} 個の取得元`,
  bar: {
    paused: '一時停止',
    slowed: '待機中',
    stopped: '中断',
    done: '完了',
    stalled: '停滞',
    listing: '一覧取得中',
    left: (ms) => `残り ${duration(ms)}`,
  },
}

import type { report as english } from '../en/report.ts'
import { formats } from '../formats.ts'

const { number: n, size, time } = formats.ja

// A number and its counter stay on one line: no-break spaces.
const items = (count: number) => `${n(count)}\u00a0件`
const files = (count: number) => `${n(count)}\u00a0ファイル`

export const report: typeof english = {
  title: 'このアーカイブのレポート',
  items,
  files,
  states: {
    saved: '今回保存',
    unchanged: '保存済み',
    unexportable: '書き出し不可',
    excluded: '対象外',
    gone: '消失',
    pending: '未完了',
    failed: '失敗',
  },
  meanings: {
    saved: '前回の実行で保存しました',
    unchanged: '以前の実行で保存し、その後の変更はありません',
    unexportable: 'サービスから取り出せません',
    excluded: '設定により対象外としています',
    gone: '保存する前に取得元で消えました',
    pending: 'まだ取得していません',
    failed: '取得できませんでした。もう一度実行すると取得できることがあります',
  },
  verdicts: { complete: '完了', 'complete-but': '完了（例外あり）', 'not-complete': '未完了' },
  headline(verdict, { butFor, open, unsure }) {
    if (verdict === 'complete') return '完了しました。対象のデータはすべて保存されています。'
    if (verdict === 'complete-but') return `${items(butFor)}を除いて、完了しました。`
    if (unsure > 0)
      return `完了していません。${n(unsure)} 個の取得元の内容を把握しきれていません${open > 0 ? `。また、${items(open)}が未保存です` : ''}。`
    return open > 0 ? `完了していません。${items(open)}が未保存です。` : '完了していません。まだ一覧を取得していません。'
  },
  lead: {
    complete: '以下の取得元にあったものは、すべて保存されています。未完了のものも、失敗したものもありません。',
    'complete-but':
      '未完了のものも、失敗したものもありません。ここにないものは、この方法では取り出せないか、意図して対象外としたものです。詳しくは以下をご覧ください。',
    'not-complete':
      'アカウントはまだ閉じないでください。保存済みのものは安全です。足りないものとその対処方法を、以下に示します。',
  },
  butFor: ({ unexportable, gone, excluded }) =>
    `次のものは保存されていません: ${[
      ...(unexportable > 0 ? [`サービスから取り出せないもの ${items(unexportable)}`] : []),
      ...(gone > 0 ? [`保存する前に消えたもの ${items(gone)}`] : []),
      ...(excluded > 0 ? [`設定により対象外としたもの ${items(excluded)}`] : []),
    ].join('、')}。`,
  obstacles: {
    'never-listed': (_count) => '一覧をまだ最後まで取得できていないため、何があるか分かりません。',
    failure: (_count) => '最後まで実行できませんでした。',
    unsettled: (_count) => '前回すべてを確認した後に、変更がありました。',
    pending: (count) => `${items(count)}をまだ取得していません。`,
    failed: (count) => `${items(count)}を取得できませんでした。`,
  },
  remedies: {
    'never-listed': '必要であればサインイン（holdall connect）してから、holdall backup を実行してください。',
    failure: '原因を取り除いてから、holdall backup をもう一度実行してください。',
    unsettled: 'holdall backup をもう一度実行してください。',
    pending: 'holdall backup をもう一度実行してください。続きから再開します。',
    failed: 'holdall backup をもう一度実行してください。繰り返し失敗するものは、理由とともに以下に示します。',
  },
  withoutReason: {
    unexportable: 'サービスから取り出せません',
    excluded: '設定により対象外としています',
    gone: '保存する前に取得元で消えました',
    pending: 'まだ取得していません',
    failed: '理由は記録されていません',
  },
  inState: (count, state) => `${state} ${items(count)}:`,
  otherReasons: 'その他の理由によるものです',
  kinds: {
    documents: '文書',
    sheets: '表計算',
    slides: 'スライド',
    pdf: 'PDF',
    pictures: '画像',
    video: '動画',
    sound: '音声',
    mail: 'メール',
    contacts: '連絡先',
    calendars: 'カレンダーと ToDo',
    pages: 'ウェブページとリンク',
    text: 'テキスト',
    data: 'データ（JSON、XML など）',
    packed: '圧縮ファイル（zip など）',
    other: 'その他のファイル',
  },
  asOf(iso, { counted, verdict }) {
    const when = time(iso)
    if (counted)
      return `${when} の時点であったものは、すべて${verdict === 'complete' ? '保存されています' : '把握できています'}。一覧とは別の方法でも数え、漏れがないことを確認しました。`
    return `${when} の時点で一覧にあったものは、すべて${verdict === 'complete' ? '保存されています' : '把握できています'}。別の方法による数え直しは行っていません。`
  },
  clockAhead:
    'いつの時点まで漏れがないかは確定できません。数えたとき、パソコンの時計が進んでいました。もう一度 holdall backup を実行すると、数え直します。',
  lastListed: (iso) => `一覧を最後まで取得した日時: ${time(iso)}`,
  keptThoughGone: (count) => `${items(count)}は取得元からなくなりましたが、ここに残してあります。`,
  notConfigured: 'この取得元は現在の設定にありません。保存済みのものは残っています。',
  empty: '何も見つかりませんでした。アカウントに間違いがないかご確認ください。',
  sum: (count, saved, bytes) => `合計 ${items(count)}（${files(saved)}、${size(bytes)}）`,
  headings: {
    next: '次に行うこと',
    sources: '取得元ごとの状況',
    notSaved: '保存されていないものと、その理由',
    overview: '保存されているもの',
    bySource: '取得元別',
    byYear: '最終更新の年別',
    byKind: 'ファイルの種類別',
    displayed: 'サービス側に表示される合計',
    never: 'Holdall が取得しないもの',
    check: 'このアーカイブの内容と、Holdall を使わない検証方法',
    times: '実行の記録',
  },
  columns: {
    source: '取得元',
    year: '年',
    kind: '種類',
    files: 'ファイル数',
    size: 'サイズ',
    command: 'コマンド',
    began: '開始',
    ended: '終了',
    status: '結果',
    account: 'アカウント',
    who: 'サインインした利用者',
    counted: '数えられているもの',
    shownThere: 'サービスの表示',
    foundHere: 'こちらの数',
  },
  unknownYear: '不明',
  nothingNotSaved: 'ありません。把握しているものはすべて保存されています。',
  notSavedLead: '理由ごとに、最初の数件の名前を示します。すべての一覧は、取得元ごとのメタデータのファイルにあります。',
  more: (count) => `ほか ${items(count)}`,
  moreReasons: (count) => `その他の理由によるもの ${items(count)}`,
  seeMetadata: 'すべての一覧:',
  whatToDo: '対処方法:',
  atService: 'サービスで開く',
  overviewLead:
    'アーカイブにあるファイルの数とサイズです。1 件の項目が複数のファイルになることも、ファイルにならないこと（フォルダーなど）もあります。',
  displayedLead:
    '参考として、こちらの数と並べて示します。サービスが数える対象は、取得できるものと同じではないため、この数で判定することはありません。漏れの有無は、上に項目ごとに示しています。',
  notCounted: '対象外',
  whyDifferent: '数が異なる理由として、次のことが知られています。',
  displayedRead: (iso) => `サービスの表示を確認した日時: ${time(iso)}`,
  neverLead:
    'お使いのアカウントには、Holdall が取得しないデータがある場合があります。特に記載がないかぎり、そのデータがあるかどうかを Holdall から確認することはできません。お使いのものは、アカウントが無効になる前にご自身で保存してください。',
  howToPage: '手順のページ',
  checkLead: (count, bytes) =>
    `全部で ${files(count)}、${size(bytes)} です。すべて通常のフォルダーにある通常のファイルで、開くのに Holdall やアカウントは必要ありません。`,
  checkWhere: {
    data: '保存したデータ。アカウントごとのフォルダーの中に、取得元ごとのフォルダーがあります',
    metadata: '項目ごとの情報。元の場所、日時、所有者、共有先、保存していない場合はその理由',
    manifests: 'すべてのファイルのチェックサム',
    readme: '後からこのアーカイブを見つけた人のための説明',
    json: 'このレポートの、プログラム向けの形式',
  },
  checkHow: 'アーカイブのフォルダーでターミナルを開き、次のコマンドを実行すると、すべてのファイルがチェックサムと照合されます。',
  systems: { linux: 'Linux', mac: 'macOS', windows: 'Windows（PowerShell）' },
  checkAfter:
    '何も表示されないか「all is well」と表示されれば、すべてのファイルが保存したときのままです。BagIt（RFC 8493）に対応した検証ツールでも確認できます。Holdall では holdall verify を実行してください。',
  madeBy: (software, iso) => `${software} が ${time(iso)} に作成しました。日時はすべて協定世界時（UTC）です。`,
  neverVerified: '保存したあと、まだ検証していません（holdall verify）。',
  lastVerified: (last) =>
    `最後の検証: ${time(last.iso)}、${n(last.files)} ファイル（${last.read === 'sizes' ? 'サイズと更新日時' : '全バイト'}）。${
      last.damaged === 0
        ? 'すべて保存したときのままでした。'
        : `保存したときと異なるものが ${n(last.damaged)} 件ありました。取得できるものは holdall backup で取得し直します。`
    }`,
  cutOff: '途中で途切れたか、実行中です',
  statuses: (status) =>
    (
      ({
        0: '完了',
        1: '予期しないエラー',
        2: '設定の誤り',
        3: '未完了または失敗あり',
        4: 'サインインが必要',
        5: 'アーカイブを使用できない',
        130: '中断',
      }) as Readonly<Record<number, string>>
    )[status] ?? `終了コード ${status}`,
  figures: { items: '把握している件数', saved: '保存済み', files: 'ファイル数', size: 'サイズ' },
  written: (count, bytes, path) => `${files(count)}、${size(bytes)}。保存先: ${path}`,
}

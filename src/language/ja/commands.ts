import type { commands as english } from '../en/commands.ts'
import { formats } from '../formats.ts'

const { number: n, size, time } = formats.ja

export const commands: typeof english = {
  verify: {
    fine: (files, bytes, how) =>
      how === 'read'
        ? `検証しました: ${n(files)} ファイル、${size(bytes)} をすべて読み、保存したときのままであることを確認しました。`
        : `検証しました: ${n(files)} ファイル、${size(bytes)} のサイズと更新日時が、保存したときのままであることを確認しました。`,
    damage: (damaged, files) =>
      `破損があります: ${n(files)} ファイルと管理用ファイルのうち ${n(damaged)} 件が、保存したときと異なります。`,
    withoutJournal: (files, bytes, damaged) =>
      `${damaged === 0 ? `${n(files)} ファイル（${size(bytes)}）は、すべてマニフェストのとおりです` : `破損があります: ${n(files)} ファイルと管理用ファイルのうち ${n(damaged)} 件が、マニフェストと異なります`}。ただし、ジャーナルが失われています。次のコマンド: holdall backup（ジャーナルを作り直し、正しくないものを取得し直します）`,
    retaken: (many) => `このうち ${n(many)} 件は、次の holdall backup で取得し直します。`,
    earlier: (files, began) =>
      `このうち ${n(files)} ファイルは、${time(began)} に始まり中断された検証で読み終えており、今回はサイズと更新日時だけを確認しました。`,
    earlierDamaged: (damaged) => `そのときに ${n(damaged)} 件の破損を表示しています。`,
    inside: (looked) => `${n(looked)} ファイルの中身を確認しました。いずれも開けるようです`,
    insideClosed: (looked, closed) =>
      `${n(looked)} ファイルの中身を確認しました。${n(closed)} 件は開けない可能性があります（上に示したもの。内容は保存したときのままです）`,
    notLooked: (others) => `。ほかの種類の ${n(others)} ファイルは確認していません`,
    stop: '。',
    between: '',
  },
  remote: {
    reasons: { missing: '取得元にあり、アーカイブにありません', newer: '取得元のほうが新しくなっています' },
    missing: (path) => `不足: ${path}`,
    newer: (path) => `更新あり: ${path}`,
    more: (many, source) => `ほか ${n(many)} 件（${source}）。--json を付けるとすべて表示します`,
    notListed: (source) => `${source}: 一覧を取得できませんでした`,
    noSuchSource: 'この取得元は現在の設定にありません',
    listed: (source, many, said) => `${source}: ${n(many)} 件の一覧を取得し直しました: ${said.join('、')}。`,
    lacks: {
      missing: (many) => `アーカイブにないもの ${n(many)} 件`,
      newer: (many) => `取得元のほうが新しいもの ${n(many)} 件`,
      unsaved: (many) => `まだ保存していないもの ${n(many)} 件（詳しくは holdall status）`,
    },
    incomplete: '一覧を取得できないところがありました。メッセージをご確認ください',
    nothing: '足りないものも、取得元で新しくなったものもありません',
    gone: (many) => `取得元で消えたもの ${n(many)} 件は、保存済みの内容を残してあります。`,
    next: '次のコマンド: holdall backup',
  },
  copy: {
    parts: ({ copied, bytes, there, moved }) =>
      [
        `今回の複製 ${n(copied)} ファイル・${size(bytes)}`,
        ...(there > 0 ? [`複製済み ${n(there)} ファイル`] : []),
        ...(moved > 0 ? [`名前の変更 ${n(moved)} ファイル`] : []),
      ].join('、'),
    fine: (files, bytes, to, parts) =>
      `複製しました: ${n(files)} ファイル、${size(bytes)}（${parts}）。すべて保存したときのままです。複製先: ${to}`,
    damaged: (damaged, to, parts) =>
      `アーカイブで破損している ${n(damaged)} 件（上に示したもの）を除いて複製しました（${parts}）。複製先: ${to}\n次のコマンド: holdall backup（その後、同じ複製をもう一度実行してください）`,
    setAside: (many) => `アーカイブにない（なくなった）${n(many)} ファイルは、複製先の .holdall/strays に移しました。`,
    readAgain: (to) => `複製をもう一度検証するには: holdall verify --archive ${to}`,
  },
  exported: {
    result: (source, folder, { messages, bytes, files, format }) =>
      `${source}: ${n(messages)} 通のメール、${size(bytes)} を ${n(files)} 個の ${format === 'mbox' ? 'mbox ファイル' : 'Maildir フォルダー'}に書き出しました: ${folder}`,
    damaged: (many) =>
      `${n(many)} 通は、アーカイブにないか破損しているため（上に示したもの）書き出していません。次のコマンド: holdall verify（その後 holdall backup）`,
    unsaved: (many) =>
      `${n(many)} 通はまだ保存されていません。次のコマンド: holdall backup（その後、同じ書き出しをもう一度実行してください）`,
    undescribed: (many) => `${n(many)} 通は、ラベルや既読などの情報が分かりません`,
  },
  support: {
    wrote: (file) =>
      `${file} を作成しました。パスワード、トークン、ファイルやフォルダーの名前、人の名前は含まれていません（名前は #番号 で示しています）。\n内容は通常のテキストです。渡す前にご確認ください。`,
  },
  practice: {
    removed: '練習用のアーカイブは削除しました。holdall practice --keep DIR とすると残せます。',
    kept: (archive) => `練習用のアーカイブは ${archive} にあります。その中の README.html を開いてください。`,
    closing: (where) => `これは練習でした。このパソコンの中だけの模擬サービスで、実際のデータではありません。${where}

ご自分のアカウントでは、次の順に実行してください:
  holdall init              holdall.yaml を作成し、クライアント ID の取得方法を案内します
  holdall connect ACCOUNT   アカウントごとに一度、サインインします
  holdall plan              データの量と、ディスクの空きが足りるかを調べます
  holdall backup            「完了しました」と表示されるまで、繰り返し実行します
  holdall verify            保存したものをすべて読み直して検証します`,
  },
}

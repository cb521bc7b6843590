import type { leave as english } from '../en/leave.ts'
import { formats } from '../formats.ts'

const { number: n, time, date } = formats.ja

const list = (items: readonly string[]) => items.join('、')

export const leave: typeof english = {
  title: 'アカウントが終わる前に',
  between: '',
  states: { done: '完了', 'to-do': '要対応', look: '要確認', unknown: '不明' },
  sections: {
    backups: 'バックアップ',
    mail: 'メール',
    'accounts-elsewhere': '外部のアカウント',
    'shared-files': 'ほかの人が使っているファイル',
    services: 'ミーティングとカレンダー',
    organisation: '組織からの案内',
  },
  sum: ({ todo, look, unknown, done }) =>
    `要対応 ${n(todo)} 件、要確認 ${n(look)} 件、不明 ${n(unknown)} 件、完了 ${n(done)} 件。`,
  allDone: 'このプログラムで確認できることはすべて済んでいます。「要確認」の項目は、ご自分でご確認ください。',
  inReportOnly: (count) => `…ほかに ${n(count)} 件あります。レポートをご覧ください。`,
  signedIn: 'サインイン',
  notSignedIn: 'サインインしていないため、サービスに問い合わせられませんでした。以下は、保存された内容によるものです。',
  inReport: (file) => `同じ内容がレポートにもあります: ${file}`,
  reading: (read, of) => `保存されたメールから外部のアカウントを探しています: ${of} 通中 ${read} 通`,
  service: (account) => `${account} のサービス`,
  noAnswer: (reason) => `問い合わせできませんでした: ${reason}`,
  reportSection: 'アカウントが終わる前に',
  reportLead: (iso) =>
    `${time(iso)} 時点の holdall leave のチェックリストです。コマンドを実行すると新しくなります。ほかの場所でご自分が行った変更は、プログラムからは見えません。`,
  backups: {
    complete: 'すべて保存されている',
    completeOf: (source) => `${source} がすべて保存されている`,
    nothing: 'まだ何も保存されていません。',
    missing: (count) => `${n(count)} 件がまだ保存されていません。`,
    notKnown: '不足があるかどうかわかりません。一覧の取得が最後まで終わっていないか、途中で止まっています。',
    all: ({ sources, asOf, butFor }) =>
      [
        `${n(sources)} 件の取得元はすべて完全です${asOf === undefined ? '' : `（${time(asOf)} 時点で、それより古いものに不足はありません）`}。`,
        ...(butFor > 0 ? [`この方法では取得できないか、対象外とした ${n(butFor)} 件は、レポートに記載されています。`] : []),
      ].join(''),
    verified: 'バックアップを読み直して検証した',
    neverVerified: 'まだ一度も検証していません。',
    damaged: (count, iso) =>
      `${time(iso)} の検証で、保存時と異なるものが ${n(count)} 件見つかりました。バックアップで取り直せます。`,
    savedSince: (iso) => `最後の検証（${time(iso)}）のあとに保存されたファイルがあるかもしれません。`,
    sizesOnly: (iso) => `最後の検証（${time(iso)}）で問題はありませんでしたが、全データは読んでいません。`,
    partly: (sources, iso) => `最後の検証（${time(iso)}）で問題はありませんでしたが、対象は ${sources} だけです。`,
    readAgain: (count, iso) => `${n(count)} 個のファイルの全データを読み、問題はありませんでした（${time(iso)}）。`,
    lastDay: '最終日にもう一度バックアップする',
    lastDayUnknown: '最終日がわかりません。最後のバックアップから最終日までに届いたものは失われます。',
    rerunDone: (iso) => `最終日（${date(iso)}）に実行済みです。`,
    rerunToCome: (iso, days, accounts) =>
      `${accounts} の最終日は ${date(iso)}（${days === 0 ? 'あと 1 日未満' : `あと ${n(days)} 日`}）です。その日にもう一度バックアップしてください。`,
    lastDayPassed: (iso) =>
      `最終日（${date(iso)}）を過ぎましたが、実行されていません。アカウントが少し長く残っていることもあるので、試してみてください。`,
    place: 'アーカイブが同期フォルダーの外にある',
    notSynced: 'アーカイブをクラウドに同期するソフトは見つかりませんでした。',
    synced: {
      certain: (client, root) =>
        `${client} が、アーカイブのあるフォルダー（${root}）を同期しています。そのアカウントとともに消えます。`,
      likely: (client, root) =>
        `${client} が、アーカイブのあるフォルダー（${root}）を同期している可能性があります。そのアカウントとともに消えます。`,
    },
    moveIt: 'アーカイブをそのフォルダーの外に移し、holdall.yaml に新しい場所を書いてください',
    secondCopy: '別のディスクにもう一つのコピーがある',
    noCopy: '見当たりません。ディスクは壊れることがあり、アカウントの終了後に取り直すことはできません。',
    copyBehind: (to, iso) => `${to} のコピー（${time(iso)}）には、最後のバックアップで保存したものが入っていません。`,
    copyBeside: (to, iso) => `${to} のコピー（${time(iso)}）は同じディスクにあるため、ディスクが壊れると一緒に失われます。`,
    copied: (to, iso) => `${to} に作成済みです（${time(iso)}）。`,
  },
  elsewhere: {
    found: (services, read) => `${read} 通のメールから ${n(services)} 件のサービスが見つかりました。以下に示します。`,
    more: (count) => `ほかに ${n(count)} 件のサービスがあります（省略）。`,
    kind: (kind, count) => `${kind}（${count} 通）`,
    why: ({ confidence, category, seen, last, shows }) =>
      `${confidence}${category === undefined ? '' : `、${category}`}: ${list(seen)}${last === undefined ? '' : `。最後のメール: ${last}`}${shows === undefined ? '' : `。根拠: ${shows}`}。`,
    message: (subject) => `メール「${subject}」`,
    doubtful: (count) => `偽装の可能性があるメール（${n(count)} 通）`,
    notCounted: (lead, reasons) => `${lead}（${reasons.join('、')}）。`,
  },
  shared: {
    what: (source) => `${source} のうち、ほかの人が使っているファイル`,
    notListed: '一覧が取得されていないため、わかりません。',
    none: 'ご自分が所有するもので、共有しているものはありません。',
    count: (count) =>
      count === 0 ? '共有フォルダーです（ご自分のファイルはありません）。' : `ご自分のファイルが ${n(count)} 個あります。`,
    people: (shown, more) => `利用している人: ${list(shown)}${more > 0 ? `、ほか ${n(more)} 人` : ''}。`,
    unnamed: '共有の相手は一覧に含まれません。画面で確認してください。',
    open: { anyone: 'リンクを知っている全員に公開されています。', organisation: '組織の全員に公開されています。' },
    likeliest: (address, of) => `新しいオーナーの候補: ${address}${of === '1' ? '' : `（編集できる ${of} 人のうち）`}。`,
    more: (folders, count) => `ほかに ${n(folders)} 個のフォルダー（ファイル ${n(count)} 個）があります（省略）。`,
  },
  propose: {
    none: '提案できるものがありません。ご自分が所有するファイルで、編集できる同じ組織の人と共有しているものはありません。',
    written: (file, count, account) =>
      `${file} に、${account} のファイルとフォルダー ${n(count)} 個の計画を書きました。内容を確かめ、必要なら直してから実行してください: holdall leave --transfer ${file}`,
    nobody: (account) => `組織の規則により、${account} のファイルは誰にも譲渡できません。計画は作成していません。`,
    plan: {
      lead: [
        '提案です。誰が何のオーナーになるかを示します。このファイルだけでは何も実行されません。',
        'アドレスを直し、手元に残すものを消してから、もう一度確認してください:',
        '  holdall leave --transfer このファイル --dry-run',
        '譲渡はご自分では取り消せません。フォルダーは、中身を含まずにそれだけが譲渡されます。',
      ],
      without: (count) =>
        `次のもの（${n(count)} 個）は、編集できる同じ組織の人がいません。アドレスを付けて手で加えるか、コピーを取ってもらってください:`,
      left: (count) => `さらに ${n(count)} 個ありますが、一つの計画に収まりません。これが済んだら、もう一度作成してください。`,
    },
  },
  organisation: {
    what: '離れる人への組織の案内',
    noProfile: '組織のプロファイルが選ばれていないため、組織の規則やほかのシステムについてはわかりません。',
    ask: 'アカウントがいつ終わるか、メールの転送がいつまで続くか、ほかにどのシステムにデータがあるかを、窓口に尋ねてください',
    salvage: '最終日のあとでも取り出せるもの',
    change: (day) => `${day} の変更`,
    contact: '問い合わせ先',
    page: '離れる人への案内ページです。',
  },
}

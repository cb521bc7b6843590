import type { init as english } from '../en/init.ts'

export const init: typeof english = {
  ownName: '日本語',
  number: (usual) => `番号 [${usual}]: `,
  numbers: (usual) => `番号（例: 1 3）${usual.length === 0 ? '' : ` [${usual.join(' ')}]`}: `,
  noSuchNumber: (count) => `1 から ${count} までの番号を入力してください。Enter だけを押すと、角かっこ内の番号になります。`,
  noSuchNumbers: (count) => `1 から ${count} までの番号を、空白で区切って入力してください。`,
  yesOrNo: 'y または n を入力してください。',
  welcome:
    'バックアップの設定ファイル holdall.yaml を作成します。Enter だけを押すと角かっこ内の値になります。Ctrl-C で中止できます。最後まで何も書き込みません。',
  whichProfile: '所属する組織は次の中にありますか。組織のプロファイルがあれば、必要な情報をご自身で調べずに済みます。',
  noProfile: 'この中にはない',
  otherProfile: '別のプロファイル（ファイル、または https のアドレス）',
  whichOtherProfile: 'ファイルのパス、または https のアドレス: ',
  placeTitle:
    'バックアップの保存先を指定してください。すべてが入る容量のある専用のディスクをおすすめします。OneDrive、Google ドライブ、Dropbox などの同期フォルダーには置けません。',
  whichPlace: (usual) => `アーカイブのフォルダー [${usual}]: `,
  place: (folder, isNew) =>
    isNew ? `${folder} をアーカイブに使えます。` : `${folder} にはすでにアーカイブがあります。続きから使います。`,
  free: (size, fileSystem) =>
    `空き容量は ${size} です${fileSystem === undefined ? '' : `（ファイルシステム: ${fileSystem}）`}。必要な容量は holdall plan で分かります。`,
  largestFile: (size) =>
    `このディスクには ${size} を超えるファイルを保存できません（保存できないファイルは、名前を挙げてお知らせします）。exFAT 形式のディスクなら保存できます。`,
  shortNames: 'このファイルシステムでは通常の長さの名前を扱えないため、holdall backup では使えません。',
  useAnyway: 'それでも使いますか?',
  whichAccounts: 'どのアカウントをバックアップしますか?',
  provider: (title, sources) => `${title}（${sources.join('、')}）`,
  accountTitle: (title) => `== ${title} ==`,
  whichSources: 'どのデータをバックアップしますか? 選んだデータに必要な権限だけを求めます。',
  moreRights: (title) => `${title}（追加の権限が必要）`,
  otherAnswer: (what) => `その他: ${what}`,
  notThat: (why) => `入力をご確認ください。${why}。`,
  fromProfile: (setting) => `プロファイルの設定: ${setting}`,
  clientFromProfile: 'アプリはプロファイルで提供されています。登録は不要です。',
  appTitle: (provider) => `-- ${provider} にご自身のアプリを作る --`,
  haveClient: 'クライアント ID をお持ちの場合は貼り付けてください。Enter だけを押すと、作り方を案内します: ',
  page: (number, of, title) => `ページ ${number}/${of}: ${title}`,
  nextPage: (back) => (back ? '終わったら Enter で次へ（b で戻る）: ' : '終わったら Enter で次へ: '),
  pasteClient: 'クライアント ID を貼り付けてください: ',
  pasteSecret: 'クライアント シークレットを貼り付けてください（表示されません）: ',
  wrongClient: (why, blanks) =>
    `入力をご確認ください。${why}。${blanks ? '空白が含まれています。余分なものも一緒にコピーされた可能性があります。' : ''}`,
  done: (file, accounts) =>
    [
      `${file} を作成しました。次のコマンド:`,
      ...accounts.map((account) => `  holdall connect ${account}`),
      '  holdall plan     データの量と所要時間の見積もり',
      '  holdall backup',
    ].join('\n'),
}

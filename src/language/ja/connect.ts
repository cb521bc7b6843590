import type { connect as english } from '../en/connect.ts'

export const connect: typeof english = {
  browserOpens: (address) => `ブラウザーが開きます。開かない場合は、次のアドレスを開いてください：${address}`,
  openAddress:
    '次のアドレスをブラウザーで開いてください。このコンピューターにつながらないブラウザーの場合は、最後に開かれたアドレスをここに貼り付けてください：',
  enterCode: (address, code) => `どの端末でもよいので ${address} を開き、コード ${code} を入力してください`,
  stillWaiting: (account, example) =>
    `ブラウザーでのサインインを待っています。画面にエラー（${example} などのコード）が表示された場合は、Ctrl-C で終了してから次を実行してください：holdall connect ${account} --explain コード`,
  pageShowed: (account, example) =>
    `ブラウザーの画面に ${example} などのコードが表示された場合は、次を実行してください：holdall connect ${account} --explain コード`,
  also: (hint, more) => (hint === undefined ? more : `${hint}。${more}`),
  explainHint: (account) => `holdall connect ${account} --explain で、ヘルプデスクに送る文面を表示できます`,
  stepUp: '組織のルールにより追加の本人確認が求められています。もう一度サインインしてください',
  signedIn: (account, name) =>
    `${name} として ${account} にサインインしました。次は holdall plan ${account} または holdall backup ${account} を実行してください`,
  missingRight: (right) => `権限 ${right} が与えられていません。`,
  isItRight: (name) => `${name} がサインインしました。バックアップするアカウントはこれですか？ [Y/n] `,
  yes: /^\s*(y|yes|はい|)\s*$/i,
  wrongPerson: (account, name) => ({
    message: `${name} は目的のアカウントではないため、何も保存しませんでした。`,
    hint: `holdall connect ${account} をもう一度実行し、画面で別のアカウントを選んでください`,
  }),
  noDevice: (account, provider) => ({
    message: `${provider} では、これらの権限についてコードでのサインインが認められていません。`,
    hint: `holdall connect ${account} --no-browser を実行し、表示されたアドレスを任意のコンピューターのブラウザーで開いてください`,
  }),
  askPassword: (account, username, where) => `${account} のパスワード（${where} の ${username}）：`,
  noPassword: (account, variable) => ({
    message: `${account} のパスワードがありません。`,
    hint: `端末で入力するか、環境変数 ${variable} を設定してください`,
  }),
  noExplaining: (account, provider) => ({
    message: `${account} は ${provider} にパスワードでサインインするため、説明する内容がありません。`,
    hint: `holdall connect ${account} を実行してください`,
  }),
  noRefusal: (account) => ({
    message: `${account} へのサインインが拒否された記録はありません。`,
    hint: `先に holdall connect ${account} を実行するか、画面に表示されたコードを指定してください：holdall connect ${account} --explain コード`,
  }),
  unknownCode: (code, provider, known) => ({
    message: `${provider} の ${JSON.stringify(code)} についての情報はありません。`,
    hint: `説明できるコード：${known.join(', ')}`,
  }),
  explanation: {
    title: (provider, code) => `${provider}：${code}`,
    meaning: '意味',
    who: '変更できる人',
    remedy: '対処',
    page: '提供元のページ',
    changers: {
      you: 'あなた自身',
      administrator: '組織の管理者（ヘルプデスク）',
      registrant: 'アプリの登録者（自分で作った場合はあなた自身）',
    },
    or: '、または',
    letter: 'ヘルプデスクに送る文面（コピーしてお使いください）',
  },
  letter: (facts) =>
    [
      `件名：バックアップ用プログラムから ${facts.provider} にサインインできません（${facts.code}）`,
      '',
      'ご担当者様',
      '',
      `お世話になっております。${facts.provider} アカウントにある自分のデータを、Holdall というプログラムで手元のディスクにコピーしたいと考えています。このプログラムは読み取りしか行いません。しかし、次のとおりサインインが拒否されます。`,
      '',
      ...(facts.name === undefined ? [] : [`  アカウント：${facts.name}`]),
      `  エラー：${facts.code}（${facts.meaning}）`,
      ...(facts.description === undefined ? [] : [`  メッセージ：${facts.description}`]),
      ...(facts.time === undefined ? [] : [`  日時：${facts.time}`]),
      ...(facts.correlation === undefined ? [] : [`  相関 ID（Correlation ID）：${facts.correlation}`]),
      ...(facts.trace === undefined ? [] : [`  トレース ID（Trace ID）：${facts.trace}`]),
      `  アプリ（クライアント ID）：${facts.client}`,
      ...(facts.scopes.length === 0 ? [] : [`  求めている権限：${facts.scopes.join(', ')}`]),
      '',
      facts.request ??
        'プログラムが示す対処を試しましたが、解決しませんでした。どうすればよいかをお知らせいただけないでしょうか。',
      '',
      'お手数をおかけしますが、どうぞよろしくお願いいたします。',
    ].join('\n'),
  accounts: {
    headings: ['アカウント', '提供元', 'サインイン中', '権限', '期限'],
    passwordGiven: '環境変数または設定のパスワード',
    passwordChanges: 'パスワードの変更まで',
    revoked: '取り消されるまで',
    nobody: (account) => `サインインしていません（holdall connect ${account}）`,
  },
  signedOut: (account) => `${account} からサインアウトしました。保存済みのデータはアーカイブに残ります。`,
}

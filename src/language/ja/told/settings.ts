/** Mistakes in settings files, profiles and plans, below the place where they stand. See engine.ts; src/settings/mistakes.ts makes them. */
export const settings: Readonly<Record<string, string>> = {
  // Keys that there are not
  '{key} is no setting; did you mean "{meant}"?': '{key} という設定はありません。"{meant}" の間違いではありませんか',
  '{key} is no setting; "{name}" belongs under {places}':
    '{key} という設定はありません。"{name}" は {places} の下に書いてください',
  '{key} is no setting; there are no settings here': '{key} という設定はありません。ここに書ける設定はありません',
  '{key} is no setting; known here: {names}': '{key} という設定はありません。ここに書けるもの: {names}',
  '{key} stands twice; the first one is in line {line}': '{key} が 2 回書かれています。1 つ目は {line} 行目です',
  'two accounts are called "{name}"; the first one is in line {line}':
    'アカウント名 "{name}" が 2 回使われています。1 つ目は {line} 行目です',
  // What is missing
  '{key} is missing; one of {names}': '{key} がありません。次のどれかを書いてください: {names}',
  '{key} is missing': '{key} がありません',
  '{key} is missing: {about!}; {part} is {what!}': '{key} がありません（{about!}。{part} は{what!}）',
  '{key} is missing: {about!}': '{key} がありません（{about!}）',
  '{key} is missing: {about}': '{key} がありません',
  'the app that signs you in': 'サインインに使うアプリ',
  "the app's client id; `holdall init` leads through making one, page by page":
    'アプリのクライアント ID。作り方は holdall init が 1 ページずつ案内します',
  'address of the WebDAV folder to back up, e.g. https://dav.example.ac.jp/home/':
    'バックアップする WebDAV フォルダーのアドレス。例: https://dav.example.ac.jp/home/',
  'user name at that server; the password comes from a prompt, the keychain or HOLDALL_<ACCOUNT>_PASSWORD':
    'そのサーバーでのユーザー名。パスワードは、質問への回答、キーチェーン、HOLDALL_<アカウント名>_PASSWORD のいずれかで渡します',
  'accounts is empty: there is nothing to copy; add one of {names}':
    'accounts が空のため、コピーするものがありません。次のどれかを加えてください: {names}',
  // Kinds and forms
  '{key} must be {kind!}, not {given!}': '{key} には{kind!}を書いてください（今は{given!}です）',
  '{key} must be {kind!}': '{key} には{kind!}を書いてください',
  '{key} must be one of {names}, not {given!}': '{key} には次のどれかを書いてください: {names}（今は{given!}です）',
  '{key} must be one of {names}': '{key} には次のどれかを書いてください: {names}',
  '{key} must be at least {number}': '{key} は {number} 以上にしてください',
  '{key} must be at most {number}': '{key} は {number} 以下にしてください',
  '{key} must be an address, such as https://dav.example.org/home/':
    '{key} にはアドレスを書いてください。例: https://dav.example.org/home/',
  '{key} is empty': '{key} が空です',
  '{key} is an empty list': '{key} が空のリストです',
  '{key} is too long': '{key} が長すぎます',
  text: '文字列',
  'a number': '数値',
  'a whole number': '整数',
  'true or false': 'true か false',
  'a section of "key: value" lines': '「キー: 値」の行',
  'a list, such as [a, b]': '[a, b] のようなリスト',
  'a list': 'リスト',
  nothing: '空',
  'a section': '「キー: 値」の行',
  'something else': '別の種類の値',
  '{key}: "{value}" is not known; did you mean "{meant}"? Known: {names}':
    '{key}: "{value}" は使えません。"{meant}" の間違いではありませんか。使えるもの: {names}',
  '{key}: "{value}" is not known; known: {names}': '{key}: "{value}" は使えません。使えるもの: {names}',
  '{key}: an account called "{name}" is one of the provider "{name2}"; give this one another name':
    '{key}: "{name}" という名前のアカウントのプロバイダーは "{name2}" です。このアカウントには別の名前を付けてください',
  '{key}: an account\'s name consists of small letters, digits and "-" (up to 40)':
    '{key}: アカウント名に使えるのは英小文字、数字、"-" だけです（40 文字まで）',
  '{key}: Windows allows no folder of this name; choose another':
    '{key}: Windows ではこの名前のフォルダーを作れません。別の名前にしてください',
  'write a number with K, M or G, such as 20M (bytes per second, at least 1K)':
    '20M のように、K、M、G を付けた数で書いてください（1 秒あたりのバイト数、1K 以上）',
  '--bandwidth {value}: write a number with K, M or G, such as 20M (bytes per second, at least 1K)':
    '--bandwidth {value}: 20M のように、K、M、G を付けた数で指定してください（1 秒あたりのバイト数、1K 以上）',
  '--transfers must be a whole number from 1 to {most}': '--transfers には 1 から {most} までの整数を指定してください',
  'write a duration, such as 60s, 15m or 1h': '60s、15m、1h のように長さを書いてください',
  'write a duration, such as 60s, 15m or 1h (at least {least})': '60s、15m、1h のように長さを書いてください（{least} 以上）',
  // Addresses
  'is not an address; it looks like https://HOST/PATH/': 'アドレスではありません。https://ホスト名/パス/ の形で書いてください',
  'must begin with https://': 'https:// で始めてください',
  'must not hold a user name or password; use `username`, and give the password when asked':
    'ユーザー名やパスワードを含めないでください。ユーザー名は username に書き、パスワードは尋ねられたときに入力します',
  'must end with the folder, without "?" or "#" (written %3F and %23 within a name)':
    'フォルダーで終わらせ、"?" や "#" を付けないでください（名前の中では %3F、%23 と書きます）',
  'would send the password over plain http, where anyone on the way can read it; use https://, or set `insecure: true`':
    'パスワードが暗号化されない http で送られ、途中でだれにでも読まれてしまいます。https:// にするか、insecure: true を設定してください',
  // The environment
  'the environment variable {name} is not set': '環境変数 {name} が設定されていません',
  'what stands in {this} is no name of an environment variable; write {that} for the characters themselves':
    '{this} の中が環境変数の名前になっていません。この文字そのものを書くには {that} としてください',
  // YAML
  'a tab stands where spaces must be; indent by spaces only': 'タブが使われています。字下げには空白だけを使ってください',
  'the indentation does not fit the lines above': '字下げが上の行と合っていません',
  'two "key: value" pairs stand in one line; put a value with ": " in quotes':
    '1 行に「キー: 値」が 2 つあります。": " を含む値は引用符で囲んでください',
  'a key must stand in one line and end with ":"': 'キーは 1 行に書き、最後に ":" を付けてください',
  'something is missing: a ":" after a key, a closing quote or bracket':
    'キーの後の ":"、閉じる引用符、閉じる括弧のどれかが抜けています',
  'a backslash inside "…" begins an escape; write the value in single quotes instead':
    '"…" の中の \\ は特別な意味になります。値を \'…\' で囲んでください',
  'a value that begins with @, ` or % must stand in quotes': '@、`、% で始まる値は引用符で囲んでください',
  'a value that begins with * must stand in quotes': '* で始まる値は引用符で囲んでください',
  'a value that begins with ! must stand in quotes': '! で始まる値は引用符で囲んでください',
  'the file holds more than one document ("---"); only one is allowed':
    'ファイルに文書が 2 つ以上あります（"---"）。1 つだけにしてください',
  ['inside { … } and [ … ], $' + '{NAME} must stand in quotes']: '{ … } や [ … ] の中では、$' + '{NAME} を引用符で囲んでください',
  'this cannot be read as YAML; look at indentation, quotes and ":" in this line':
    'YAML として読み取れません。この行の字下げ、引用符、":" を確かめてください',
  'the file must consist of "key: value" lines': 'ファイルは「キー: 値」の行で書いてください',
  'the file: a key must be a plain word': 'キーには普通の語を書いてください',
  'a key must be a plain word': 'キーには普通の語を書いてください',
  // Profiles
  'write a text, or { en: …, ja: … }': '文字列、または { en: …, ja: … } を書いてください',
  'must be an address that begins with https://': 'https:// で始まるアドレスを書いてください',
  'must be a date, such as 2027-03-31': '2027-03-31 のような日付を書いてください',
  'write either months or days': 'months か days のどちらか一方を書いてください',
  'may not stand here: a user name has no domain to compare': 'ここには書けません。ユーザー名には比べられるドメインがありません',
  'may not be true in a profile: only you can say, in your own holdall.yaml, that a password may be sent unprotected':
    'プロファイルでは true にできません。パスワードを保護せずに送ってよいと決められるのは、自分の holdall.yaml を書くあなただけです',
  'must begin with https:// in a profile, and hold no user name':
    'プロファイルでは https:// で始め、ユーザー名を含めないでください',
}

/** Sentences of --help and of the library that reads the command line (its own words are in node_modules/commander/lib). See engine.ts. */
export const commandLine: Readonly<Record<string, string>> = {
  // The library's
  'Usage:': '使い方:',
  'Options:': 'オプション:',
  'Commands:': 'コマンド:',
  'choices: {choices}': '選択肢: {choices}',
  'output the version number': 'バージョンを表示する',
  'display help for command': 'この説明を表示する',
  "error: unknown command '{name}'": 'エラー: {name} というコマンドはありません',
  "error: unknown option '{flag}'": 'エラー: {flag} というオプションはありません',
  "error: missing required argument '{name}'": 'エラー: {name} を指定してください',
  "error: option '{flags}' argument missing": 'エラー: オプション {flags} の値を指定してください',
  "error: option '{flags}' argument '{value}' is invalid. Allowed choices are {choices}.":
    'エラー: オプション {flags} に {value} は指定できません。選択肢: {choices}',
  "error: too many arguments for '{name}'. Expected {expected} argument but got {received}: {details}.":
    'エラー: {name} の引数が多すぎます（最大 {expected}、指定 {received}: {details}）',
  "error: too many arguments for '{name}'. Expected {expected} arguments but got {received}: {details}.":
    'エラー: {name} の引数が多すぎます（最大 {expected}、指定 {received}: {details}）',
  '(Did you mean {name}?)': '（{name} のことでしょうか）',
  '(Did you mean one of {names}?)': '（次のいずれかのことでしょうか: {names}）',
  // The program
  'Copies what your accounts hold ({providers}) into one local folder, and proves that it is all there.':
    'アカウント（{providers}）にあるものを手元の 1 つのフォルダーにコピーし、すべてそろっていることを確かめます。',
  'the settings file': '設定ファイル',
  'the archive, instead of the one in the settings': '設定にあるものの代わりに使うアーカイブ',
  'one JSON object a line on stdout': '標準出力に、1 行に 1 つの JSON を出力する',
  'only warnings and failures': '警告と失敗だけを表示する',
  'each file too': 'ファイルも 1 つずつ表示する',
  'no colours': '色を付けない',
  'do not ask': '確認せずに進める（所有権の移行は除く）',
  'the language of messages': '表示する言語',
  // Commands
  'ask a few questions and write holdall.yaml; shows how to make an app at each provider':
    'いくつかの質問に答えて holdall.yaml を作成する。各サービスでのアプリの作り方も案内する',
  'take the answers from a YAML file of the form of holdall.yaml, and ask nothing':
    '質問せず、holdall.yaml と同じ形式の YAML ファイルを回答として使う',
  "the organisation's profile: a name, a file or an https address":
    '組織のプロファイル（名前、ファイル、または https のアドレス）',
  'an account, ask nothing: PROVIDER or PROVIDER:SOURCE,SOURCE; may be repeated':
    '質問せずにアカウントを加える: サービス、または サービス:取得元,取得元（繰り返し可）',
  'the client id of an account; may be repeated': 'アカウントのクライアント ID（繰り返し可）',
  'sign in to an account': 'アカウントにサインインする',
  'print the address alone on a line, and wait for the redirect or for the redirected address on stdin':
    'アドレスだけを 1 行に表示し、リダイレクト、または標準入力に貼り付けられたリダイレクト先のアドレスを待つ',
  'sign in with a code on another device, where the provider allows it':
    '別の端末にコードを入力してサインインする（サービスが対応している場合）',
  'explain the last refused sign-in, or a code that the provider showed, with a text for a help desk':
    '拒否された直前のサインイン、またはサービスが表示したコードを説明し、窓口への問い合わせ文を示す',
  'who is signed in, with which rights, until when': '誰が、どの権限で、いつまでサインインしているかを表示する',
  'end a sign-in: revoke it where the provider can, and forget it here':
    'サインインを終了する。サービスが対応していれば取り消し、ここからも消去する',
  'list everything and download nothing: how much there is, what cannot be taken, whether the disk is large enough, and how long it will take':
    'ダウンロードせずにすべての一覧を取得し、データの量、取得できないもの、ディスクの空き、所要時間を調べる',
  'the date by which it has to be done, e.g. 2027-03-31 or 2027-03-31T17:00+09:00':
    '終えなければならない日時。例: 2027-03-31 または 2027-03-31T17:00+09:00',
  'use an archive folder although a cloud client syncs it':
    'クラウドの同期フォルダーであっても、アーカイブのフォルダーとして使う',
  'copy everything that is not in the archive yet; run it again to resume and to bring it up to date':
    'アーカイブにまだないものをすべてコピーする。もう一度実行すると、続きから再開し、最新の状態にする',
  'take only what matches SOURCE/path, as in .gitignore': '取得元/パス が一致するものだけを対象とする（.gitignore と同じ書き方）',
  'leave out what matches SOURCE/path, as in .gitignore': '取得元/パス が一致するものを除く（.gitignore と同じ書き方）',
  'downloads at once, per account': 'アカウントごとの同時ダウンロード数',
  'bytes per second for everything together, e.g. 20M': '全体の 1 秒あたりのバイト数。例: 20M',
  'sit out daily limits of the services, and go on when they are over':
    'サービスの 1 日の上限に達したら、元に戻るまで待って続ける',
  'read every saved byte again and compare it with the journal and the manifests':
    '保存したものをすべて読み直し、ジャーナルとマニフェストに照らして検証する',
  'compare sizes and times; read only what somebody wrote to': 'サイズと更新日時を比べ、書き込みのあったファイルだけを読む',
  'also look inside documents, pictures, mail, films: what may not open is named (it came so; the exit status stays)':
    '文書、画像、メール、動画の中身も調べ、開けない可能性があるものを示す（取得したときのままであるため、終了コードは変わらない）',
  'also list the accounts again, and name what is missing or newer there':
    'アカウントの一覧も取得し直し、アーカイブにないものや、取得元で新しくなったものを示す',
  'a second copy of the archive, on another disk: verified, resumable, a valid bag of its own':
    '別のディスクにアーカイブの複製を作る。検証され、途中から再開でき、それ自体も正しい BagIt の形式になる',
  'also read every file of the copy, and copy again what is not right there':
    '複製のファイルもすべて読み、正しくないものを複製し直す',
  'copy into a folder although a cloud client syncs it': 'クラウドの同期フォルダーであっても、複製先として使う',
  'what is saved, what remains and what failed, from the journal, at once':
    '保存したもの、残っているもの、失敗したものを、ジャーナルからすぐに表示する',
  'write report.html and report.json into the archive: what is saved, what is not, and why':
    '保存したもの、していないもの、その理由を、アーカイブの report.html と report.json に書き出す',
  'turn saved mail into what mail programs read: holdall export mail --format mbox --to DIR':
    '保存したメールを、メールソフトで読める形式に書き出す: holdall export mail --format mbox --to DIR',
  'mbox (one file) or maildir (one folder a label)': 'mbox（1 ファイル）または maildir（ラベルごとのフォルダー）',
  'the folder to write into, outside of the archive; run again, it is brought up to date':
    '書き出し先のフォルダー（アーカイブの外）。もう一度実行すると、最新の状態にする',
  'only the mail with this label; for mbox a file of its own':
    'このラベルのメールだけを対象とする（mbox では専用のファイルになる）',
  'for mbox: one file for each label, instead of one for everything': 'mbox で、全体で 1 つではなく、ラベルごとのファイルにする',
  "the leaver's checklist: what to do before the account ends, with what the program knows of each":
    '退職・卒業前の確認リスト。アカウントが終わる前にすることと、それぞれの現状を表示する',
  'write a plan of which shared files could go to whom, for --transfer; never over a file':
    '共有ファイルを誰に引き継げるかの計画を、--transfer 用に書き出す（既存のファイルは上書きしない）',
  'give the files of this plan to others (asks first, always)':
    'この計画のファイルの所有権を、ほかの人に移す（必ず事前に確認する）',
  'with --transfer: show what would be done, and do nothing': '--transfer とともに使い、何が行われるかを表示するだけにする',
  'write what a help desk needs into one file: versions, settings without secrets, counts, failures, the last log; no names':
    '窓口への問い合わせに必要なもの（バージョン、秘密を除いた設定、件数、失敗、直近のログ）を 1 つのファイルにまとめる。名前は含めない',
  'the file to write (JSON); one that exists is replaced only with --yes':
    '作成するファイル（JSON）。既存のファイルは、--yes を付けたときだけ置き換える',
  'the whole journey against a practice cloud on this machine: nothing to register, nothing leaves it':
    'このパソコンの中の模擬サービスで、最初から最後まで試す。登録は不要で、外部には何も送られない',
  'keep the archive in this folder, to look around in it': '中を見られるように、アーカイブをこのフォルダーに残す',
}

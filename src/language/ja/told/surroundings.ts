/** Sentences about the disk, the network, the settings and the sign-in. See engine.ts. */
export const surroundings: Readonly<Record<string, string>> = {
  // Disk
  'the disk is full': 'ディスクの空き容量がありません',
  'your quota on that disk is used up': 'このディスクで使用できる容量の上限に達しました',
  'the file is too large for that file system': 'ファイルが、このディスクの形式で扱える大きさを超えています',
  'choose a disk formatted as exFAT, NTFS, APFS or ext4': 'exFAT、NTFS、APFS、ext4 のいずれかの形式のディスクをお選びください',
  'the disk is read-only': 'ディスクが読み取り専用です',
  'choose another folder': '別のフォルダーをお選びください',
  'no permission': 'アクセス権がありません',
  'choose a folder that you may write to': '書き込みのできるフォルダーをお選びください',
  'the disk reported an input/output error': 'ディスクが入出力エラーを報告しました',
  'the disk is no longer there': 'ディスクが見つからなくなりました',
  'the network folder is no longer there': 'ネットワークフォルダーが見つからなくなりました',
  'too many open files': '同時に開いているファイルが多すぎます',
  'lower limits.transfers in holdall.yaml': 'holdall.yaml の limits.transfers を小さくしてください',
  'a file stands where a folder should be': 'フォルダーがあるはずの場所に、ファイルがあります',
  'choose another folder for the archive': 'アーカイブに別のフォルダーをお選びください',
  'the path is too long for that disk': 'パスが長すぎて、このディスクでは扱えません',
  'choose an archive folder nearer to the root of the disk': 'アーカイブのフォルダーを、ディスクの浅い階層にしてください',
  'free some space or choose another disk, then run the same command again; nothing that was saved is lost':
    '空き容量を増やすか別のディスクを選んでから、同じコマンドをもう一度実行してください。保存済みのものは失われません',
  'see that the disk is still connected, then run the same command again':
    'ディスクが接続されているかを確かめてから、同じコマンドをもう一度実行してください',
  'the disk is full: {path}': 'ディスクの空き容量がありません: {path}',
  'the disk is read-only: {path}': 'ディスクが読み取り専用です: {path}',
  'no permission: {path}': 'アクセス権がありません: {path}',
  'the folder {root} cannot hold the archive: {why!}': 'フォルダー {root} にはアーカイブを置けません: {why!}',
  'the archive cannot be {path}: a file stands there, or in the place of a folder above it':
    '{path} をアーカイブにできません。その場所か、その上のフォルダーの場所にファイルがあります',
  'there is no disk at {path}': '{path} にディスクがありません',
  'connect it, or choose another folder': '接続するか、別のフォルダーをお選びください',
  'the folder {root} holds other things already, for example {other}':
    'フォルダー {root} には、すでにほかのものがあります（例: {other}）',
  'choose an empty or a new folder for the archive: --archive DIR, or `archive:` in holdall.yaml':
    'アーカイブには空のフォルダーか新しいフォルダーを指定してください（--archive DIR、または holdall.yaml の archive:）',
  '{target} lies in a folder that {client} syncs ({root}, known from {evidence!}): {why!}':
    '{target} は {client} の同期フォルダー（{root}）の中にあります（根拠: {evidence!}）。{why!}',
  '{target} lies in a folder that {client} syncs ({root}, known from {evidence}): {why!}':
    '{target} は {client} の同期フォルダー（{root}）の中にあります（根拠: {evidence}）。{why!}',
  '{target} looks as if {client} syncs it ({root}, because of {evidence!}). If it does, choose another folder: {why!}':
    '{target} は {client} の同期フォルダー（{root}）の可能性があります（根拠: {evidence!}）。そうであれば、別のフォルダーをお選びください。{why!}',
  '{target} looks as if {client} syncs it ({root}, because of {evidence}). If it does, choose another folder: {why!}':
    '{target} は {client} の同期フォルダー（{root}）の可能性があります（根拠: {evidence}）。そうであれば、別のフォルダーをお選びください。{why!}',
  // The evidence; one that is the path of a file goes over as it is.
  'its name': 'フォルダーの名前',
  'the file {file} in it': '中にあるファイル {file}',
  'the variable {name}': '環境変数 {name}',
  'the attribute {name}': '属性 {name}',
  'its place in ~/Library/CloudStorage': '~/Library/CloudStorage の中にあること',
  'its place in ~/Library/Mobile Documents': '~/Library/Mobile Documents の中にあること',
  'the list of synced folders of Windows': 'Windows の同期フォルダーの一覧',
  'the settings of OneDrive': 'OneDrive の設定',
  'the settings of OneDrive (a library of SharePoint)': 'OneDrive の設定（SharePoint のライブラリ）',
  'the settings of Google Drive': 'Google ドライブの設定',
  'the client would upload the whole backup into the very account that it saves, and the backup would vanish with that account':
    'このままでは、バックアップ全体がバックアップ元のアカウントにアップロードされ、アカウントとともに失われます',
  'choose a folder outside of it, best on another disk, or add --allow-synced-folder if you are sure':
    'その外のフォルダー、できれば別のディスクをお選びください。問題がないと分かっている場合は --allow-synced-folder を付けてください',
  'another run is using this archive': 'ほかの実行がこのアーカイブを使用しています',
  'another run is using this archive: process {pid} on {host}, since {since}':
    'ほかの実行がこのアーカイブを使用しています（{host} のプロセス {pid}、開始 {since}）',
  'wait until it has ended, or end it; the file {file} names it': '終わるまで待つか、その実行を終了してください（記録: {file}）',
  'the manifests are missing, or were not written to their end': 'マニフェストがないか、最後まで書き込まれていません',
  'run holdall backup: it makes them anew': 'holdall backup を実行すると、作り直されます',
  'run holdall verify, then holdall backup: they make it anew':
    'holdall verify、続いて holdall backup を実行すると、作り直されます',
  '{root} is a copy of an archive that is not complete yet': '{root} は、まだ完了していないアーカイブの複製です',
  // Network
  '{host} could not be found ({what})': '{host} が見つかりません（{what}）',
  '{host} could not be looked up: no name server answers ({what})':
    '{host} を調べられません。DNS サーバーが応答していません（{what}）',
  '{host} cannot be reached: no network ({what})': '{host} に接続できません。ネットワークに接続されていません（{what}）',
  '{host} cannot be reached: the network is down ({what})': '{host} に接続できません。ネットワークが停止しています（{what}）',
  '{host} cannot be reached ({what})': '{host} に接続できません（{what}）',
  '{host} refuses connections ({what})': '{host} が接続を拒否しています（{what}）',
  '{host} does not answer ({what})': '{host} が応答しません（{what}）',
  '{host} sent nothing for {seconds} s ({what})': '{host} から {seconds} 秒間データが届きませんでした（{what}）',
  'the connection to {host} broke: {why} ({what})': '{host} との接続が切れました（{why}、{what}）',
  'the certificate of {host} is not trusted: {code} ({what})': '{host} の証明書を信頼できません（{code}、{what}）',
  'the proxy wants a user name and a password ({what})': 'プロキシがユーザー名とパスワードを求めています（{what}）',
  'the proxy does not connect to {host}: it answers {status} ({what})':
    'プロキシが {host} に接続しません（応答 {status}、{what}）',
  'put them into HTTPS_PROXY and HTTP_PROXY: http://USER:PASSWORD@HOST:PORT':
    'HTTPS_PROXY と HTTP_PROXY に http://USER:PASSWORD@HOST:PORT の形で指定してください',
  'ask whoever runs the proxy to allow {host}': 'プロキシの管理者に、{host} への接続の許可を依頼してください',
  'check the connection to the internet; the same command goes on where it stopped':
    'インターネットへの接続をご確認ください。同じコマンドを実行すると、続きから再開します',
  'check the connection to the internet, then run the same command again; it goes on where it stopped':
    'インターネットへの接続を確かめてから、同じコマンドをもう一度実行してください。続きから再開します',
  'if this network has a login page, open it in a browser first, then run the same command again':
    'ネットワークにログインページがある場合は、先にブラウザーで開いてから、同じコマンドをもう一度実行してください',
  'if this network has a login page, open it in a browser first; if your organisation inspects connections, name its certificate in network.ca or NODE_EXTRA_CA_CERTS':
    'ネットワークにログインページがある場合は、先にブラウザーで開いてください。組織が通信を検査している場合は、その証明書を network.ca または NODE_EXTRA_CA_CERTS に指定してください',
  'if this network has a login page, open it in a browser first; else check the address in the settings':
    'ネットワークにログインページがある場合は、先にブラウザーで開いてください。そうでなければ、設定のアドレスをご確認ください',
  'nothing answered for {minutes} min: {why!}': '{minutes} 分間、どこからも応答がありませんでした: {why!}',
  'no network': 'ネットワークに接続されていません',
  'the sign-in is not accepted: status {status} for {request}': 'サインインが受け付けられませんでした（{status}、{request}）',
  'not allowed: status {status} for {request}': '許可されていません（{status}、{request}）',
  'not there: status {status} for {request}': '見つかりません（{status}、{request}）',
  'it has changed meanwhile: status {status} for {request}': 'その間に変更されました（{status}、{request}）',
  'too many requests: status {status} for {request}': '要求が多すぎます（{status}、{request}）',
  'the server has a problem: status {status} for {request}': 'サーバーに問題が起きています（{status}、{request}）',
  'this network wants you to sign in: status {status} for {request}':
    'このネットワークではログインが必要です（{status}、{request}）',
  'the answer was not expected: status {status} for {request}': '想定外の応答です（{status}、{request}）',
  'open its login page in a browser, then run the same command again':
    'ブラウザーでログインページを開いてから、同じコマンドをもう一度実行してください',
  'a web page came from {host} instead of data ({what})': '{host} から、データではなくウェブページが届きました（{what}）',
  'the service says that its limit is nearly used up': 'サービスの利用上限に近づいています',
  // Settings and sign-in
  'there is no settings file; looked for {files}': '設定ファイルがありません（探した場所: {files}）',
  'run `holdall init` to write one, or name yours with --config FILE':
    'holdall init で作成するか、--config FILE で指定してください',
  '{by} names {file}, but there is no such file': '{by} に指定された {file} がありません',
  '{by} names {file}, but that is a folder': '{by} に指定された {file} はフォルダーです',
  'name the settings file itself, or write one with `holdall init`':
    '設定ファイルそのものを指定するか、holdall init で作成してください',
  'config/holdall.example.yaml shows every setting': 'すべての設定は config/holdall.example.yaml にあります',
  '1 mistake in the settings': '設定に 1 か所の誤りがあります',
  '{count} mistakes in the settings': '設定に {count} か所の誤りがあります',
  'there is no account {name} in {file}': '{file} にアカウント {name} がありません',
  'the accounts are: {names}': '設定にあるアカウント: {names}',
  'no account is configured': 'アカウントが設定されていません',
  'run holdall init': 'holdall init を実行してください',
  'run holdall init, or name a settings file with --config FILE':
    'holdall init を実行するか、--config FILE で設定ファイルを指定してください',
  '{name} is not configured in {file}': '{name} は {file} に設定されていません',
  'the sources are: {names}': '設定にある取得元: {names}',
  'nobody is signed in to {account}': '{account} にサインインしていません',
  'sign in first: holdall connect {account}': '先にサインインしてください: holdall connect {account}',
  'the kept sign-in of {account} is for {before}, and the settings now say {after}; nothing was sent there':
    '保存済みの {account} のサインインは {before} のものですが、現在の設定は {after} です。何も送信していません',
  'if {after} is right, sign in again: holdall disconnect {account}, then holdall connect {account2}; else correct holdall.yaml or the profile':
    '{after} が正しい場合は、もう一度サインインしてください：holdall disconnect {account} のあとに holdall connect {account2}。正しくない場合は、holdall.yaml かプロファイルを直してください',
  'sign in again: holdall connect {account}': 'もう一度サインインしてください: holdall connect {account}',
  'sign in again': 'もう一度サインインしてください',
  'the sign-in has ended': 'サインインの有効期限が切れています',
  'the stored sign-in of {account} cannot be read': '保存されている {account} のサインイン情報を読み取れません',
  'this archive holds what {bound} has under the account {account}, and {who} is signed in now':
    'このアーカイブのアカウント {account} には {bound} さんのデータがありますが、現在は {who} さんがサインインしています',
  "this system's keychain does not answer: your sign-in is kept in {where!}":
    'このシステムのキーチェーンが応答しないため、サインイン情報は{where!}に保存します',
  'your sign-in is kept in {where!}': 'サインイン情報は{where!}に保存します',
  'a file that only you can read, in {folder}': 'ご自身だけが読めるファイル（フォルダー {folder}）',
  "a file sealed with a key in this system's keychain": 'このシステムのキーチェーンの鍵で暗号化したファイル',
  'the memory of this process': 'このプロセスのメモリー',
  'the sign-in of {account} was renewed, but cannot be stored yet: {reason!}':
    '{account} のサインインは更新されましたが、まだ保存できません。{reason!}',
  'mend that within a minute: the service has given up the earlier sign-in, and the new one is tried to be stored until then':
    '1 分以内に問題を解消してください。以前のサインインはすでに無効で、新しいサインインの保存をその間くり返し試みます',
  'no process of its own could renew the sign-in of {account}: {reason}':
    '{account} のサインインを更新する専用のプロセスを使えなかったため、このプロセスで更新します（{reason}）',
  'the process that renews the sign-in of {account} ended without an answer':
    '{account} のサインインを更新するプロセスが応答せずに終了したため、このプロセスで確認します',
  'others on this computer could read {path}; now only you can':
    'このパソコンのほかの利用者が {path} を読める状態でしたので、ご自身だけが読めるように変更しました',
}

/** What happens seldom with disks, journals, copies, the network, the settings and sign-ins. See engine.ts. */
export const seldom: Readonly<Record<string, string>> = {
  // Archive and journal
  'run the same holdall copy again; if the archive itself is lost, delete the file {file} and run holdall backup here':
    '同じ holdall copy をもう一度実行してください。元のアーカイブが失われた場合は、ファイル {file} を削除してから、ここで holdall backup を実行してください',
  '{root} lies on a file system that cannot hold names of ordinary length':
    '{root} のあるディスクの形式では、通常の長さの名前を使えません',
  'choose another disk, or a folder that is not encrypted name by name':
    '別のディスクか、名前ごとに暗号化されていないフォルダーをお選びください',
  'the journal {file} is {what!}; what was saved is still there': 'ジャーナル {file}: {what!}。保存したものは残っています',
  'run holdall backup: it makes the journal anew from the metadata (a damaged one is kept aside), and downloads only what is not here':
    'holdall backup を実行してください。ジャーナルをメタデータから作り直し（破損したものは別に残します）、ここにないものだけをダウンロードします',
  "the program's own folder cannot be used: {folder}": 'プログラム用のフォルダーを使えません: {folder}',
  'see that you may write to it': '書き込みの権限をご確認ください',
  'another run is using this archive: process {pid} on {host}, since {since}; it gave no sign of life for {minutes} minutes':
    'ほかの実行がこのアーカイブを使用しています（{host} のプロセス {pid}、開始 {since}）。{minutes} 分間、動きがありません',
  'another run is using this archive; it gave no sign of life for {minutes} minutes':
    'ほかの実行がこのアーカイブを使用しています。{minutes} 分間、動きがありません',
  'if no run lives on {host} any more, delete the file {file} and run the same command again':
    '{host} で実行中のものがもうなければ、ファイル {file} を削除してから、同じコマンドをもう一度実行してください',
  'choose another folder: --archive DIR, or `archive:` in holdall.yaml':
    '別のフォルダーを指定してください（--archive DIR、または holdall.yaml の archive:）',
  "the folder {root} is a bag, but without the program's own notes (.holdall) it cannot be carried on":
    'フォルダー {root} は BagIt の形式ですが、プログラムの記録（.holdall）がないため、続きから始められません',
  '{path} is not in the archive any more': '{path} はアーカイブにもうありません',
  '{path} has {size} bytes instead of {bytes}': '{path} のサイズが、{bytes} バイトではなく {size} バイトになっています',
  'what arrived is not what the provider states ({why}); {again}':
    '届いたものが、サービスの示すものと一致しません。もう一度取得します',
  '{message!}: {path}': '{message!}（場所: {path}）',
  'free some space, then run the same command again; nothing that was saved is lost':
    '空き容量を増やしてから、同じコマンドをもう一度実行してください。保存済みのものは失われません',
  'the disk refused to write the journal: {message}': 'ディスクがジャーナルの書き込みを受け付けません: {message}',
  'the journal is read-only': 'ジャーナルが読み取り専用です',
  'see that the archive folder is writable': 'アーカイブのフォルダーに書き込めることをご確認ください',
  'the journal is damaged: {message}': 'ジャーナルが破損しています: {message}',
  'move .holdall/journal.db away (keep it) and run holdall backup again; the saved files stay untouched':
    '.holdall/journal.db を別の場所に移して残し、holdall backup をもう一度実行してください。保存したファイルはそのままです',
  'the journal {file} was written by a newer version of Holdall (form {version}, known up to {newest})':
    'ジャーナル {file} は、より新しいバージョンの Holdall で作成されています（形式 {version}、対応は {newest} まで）',
  'use that newer version with this archive; nothing was changed':
    'このアーカイブには、その新しいバージョンをお使いください。何も変更していません',
  'the journal {file} is empty': 'ジャーナル {file} が空です',
  'the journal {file} cannot be opened: {message}': 'ジャーナル {file} を開けません: {message}',
  'the journal {file} is damaged: {message}': 'ジャーナル {file} が破損しています: {message}',
  'move it away (keep it) and run holdall backup again: it lists everything anew; the saved files under data/ stay untouched':
    '別の場所に移して残し、holdall backup をもう一度実行してください。一覧を最初から取得し直します。data/ の保存したファイルはそのままです',
  'expected {format}, but what arrived is {found}': '届いた内容が、想定した種類のファイルではないか、途中で切れています',
  'perhaps a page for signing in, of the service or of the network that you are in: open any page in a browser, sign in there, then run the same command again':
    'サービスまたはネットワークのログインページの可能性があります。ブラウザーで何かページを開いてログインしてから、同じコマンドをもう一度実行してください',
  'run the same command again; if it stays so, open the item in a browser and look whether it can be downloaded there':
    '同じコマンドをもう一度実行してください。変わらない場合は、ブラウザーで開き、ダウンロードできるかをご確認ください',
  // Copy and export
  '{target} is the archive itself': '{target} はアーカイブそのものです',
  '{target} and the archive {archive} lie in one another': '{target} とアーカイブ {archive} の一方が、他方の中にあります',
  'choose a folder elsewhere, best on another disk: holdall copy DIR':
    '別の場所のフォルダー、できれば別のディスクを指定してください: holdall copy DIR',
  '{target} is an archive of its own, and no copy of this one':
    '{target} は独立したアーカイブで、このアーカイブの複製ではありません',
  '{target} is a copy of another archive': '{target} は別のアーカイブの複製です',
  'backups have been made into {target} since it was copied: it is an archive of its own now':
    '{target} には複製後にバックアップが行われており、すでに独立したアーカイブになっています',
  'a file on the disk of {target} can have {most} at most, and these are larger: {files}':
    '{target} のディスクに保存できるファイルは最大 {most} ですが、次のファイルはそれを超えています: {files}',
  'use a disk formatted as exFAT, NTFS, APFS or ext4 for the copy; nothing was copied':
    '複製先には exFAT、NTFS、APFS、ext4 のいずれかの形式のディスクをお使いください。何も複製していません',
  'the copy needs {bytes} more, and {free} are free on the disk of {target}':
    '複製にはあと {bytes} が必要ですが、{target} のディスクの空きは {free} です',
  'free some space or choose another disk; nothing was copied':
    '空き容量を増やすか、別のディスクをお選びください。何も複製していません',
  '{path} of the archive {message!}, just after it was written': '書き込んだ直後のアーカイブの {path}: {message!}',
  'run holdall verify': 'holdall verify を実行してください',
  "the copy's disk gives back other bytes than were written to it: {path}":
    '複製先のディスクから読み出した内容が、書き込んだ内容と異なります: {path}',
  'do not trust that disk: choose another one for the copy': 'そのディスクは信頼できません。複製先に別のディスクをお選びください',
  '{to} lies inside the archive, where every file is accounted for':
    '{to} はアーカイブの中です。アーカイブには、記録のないファイルを置けません',
  'choose a folder outside of it': 'アーカイブの外のフォルダーをお選びください',
  'no saved message has the label {label}': 'ラベル {label} の付いたメールは保存されていません',
  'no message has any label': 'ラベルの付いたメールはありません',
  'labels are, among others: {labels}': 'ラベルの例: {labels}',
  'the plan {file} cannot be read ({code})': '計画ファイル {file} を読み取れません（{code}）',
  '--propose and --transfer do not go together': '--propose と --transfer は同時に指定できません',
  'propose first, read the plan, then transfer': '先に --propose で計画を作り、内容を確かめてから --transfer を実行してください',
  // Network
  'the answer to {what} is longer than {size} MiB': '応答が {size} MiB を超えています（{what}）',
  'the answer is packed in a way that was not asked for: {coding}': '要求していない圧縮形式の応答が届きました: {coding}',
  'the answer could not be unpacked ({coding})': '応答を展開できませんでした（{coding}）',
  'the certificates of network.ca could not be read': 'network.ca の証明書を読み取れませんでした',
  'network.ca must name a file in PEM form (-----BEGIN CERTIFICATE-----)':
    'network.ca には PEM 形式のファイル（-----BEGIN CERTIFICATE-----）を指定してください',
  '{variable} is not the address of a proxy': '{variable} がプロキシのアドレスではありません',
  'set {variable} to http://HOST:PORT': '{variable} を http://HOST:PORT の形で指定してください',
  'check the address in the settings; if this network has a login page, open it in a browser first':
    '設定のアドレスをご確認ください。ネットワークにログインページがある場合は、先にブラウザーで開いてください',
  '{message!}, which led to {from}': '{message!}（転送先: {from}）',
  '{request} leads round in a circle: {stations}': '転送が堂々巡りになっています（{request}: {stations}）',
  '{request} leads through more than {most} redirects: {stations}': '転送が {most} 回を超えています（{request}: {stations}）',
  '{request} redirects to something that is no address': '転送先がアドレスではありません（{request}）',
  '{request} redirects to an address of another kind ({protocol})': '転送先が別の種類のアドレス（{protocol}）です（{request}）',
  '{request} redirects from https to the unencrypted {address}; not followed':
    'https から暗号化されていない {address} に転送されるため、たどりませんでした（{request}）',
  // Settings and profiles
  'a mistake in the settings': '設定に 1 か所の誤りがあります',
  '{file} cannot be read ({code})': '{file} を読み取れません（{code}）',
  'see who may read the file': 'ファイルの読み取りの権限をご確認ください',
  '{file} is not text in UTF-8': '{file} が UTF-8 のテキストではありません',
  'save it again with the encoding UTF-8': '文字コードを UTF-8 にして保存し直してください',
  '{account} does not sign in through a browser': '{account} はブラウザーでのサインインを使いません',
  '{place}: accounts.{account}.client has no secret, and {provider} needs one':
    '{place}: accounts.{account}.client に secret がありません（{provider} では必要です）',
  'add it as client.secret, or set {variable}; {provider} shows it where the client was made':
    'client.secret に書くか、環境変数 {variable} に設定してください。{provider} でクライアントを作成した画面に表示されています',
  'the profile at {address} was not taken: {why!}': '{address} のプロファイルは採用しませんでした: {why!}',
  'the address leads on to another one': '別のアドレスに転送されます',
  'the server answered {status}': 'サーバーの応答は {status} です',
  'what stands there is larger than {most} bytes': '内容が {most} バイトを超えています',
  'what stands there is not text in UTF-8': '内容が UTF-8 のテキストではありません',
  'it took too long to come': '応答に時間がかかりすぎました',
  "see that profile: in holdall.yaml names the organisation's address of it exactly":
    'holdall.yaml の profile: に、組織のプロファイルのアドレスが正しく書かれていることをご確認ください',
  'there is no profile called "{name}"': '「{name}」というプロファイルはありません',
  'there is no profile called "{name}"; did you mean "{meant}"?':
    '「{name}」というプロファイルはありません。「{meant}」のことでしょうか',
  'profiles that come with Holdall: {names}; for a file write its path (./{name}.yaml), for a page its https address':
    'Holdall に付属するプロファイル: {names}。ファイルの場合はパス（./{name}.yaml）、ページの場合は https のアドレスを書いてください',
  'a profile is only fetched from an address that begins with https:// and holds no user name':
    'プロファイルを取得できるのは、https:// で始まり、ユーザー名を含まないアドレスからだけです',
  "ask for the organisation's https address of it": '組織に、プロファイルの https のアドレスをお問い合わせください',
  'the profile at {address} has not been looked at and kept yet': '{address} のプロファイルは、まだ確認して保存していません',
  'run holdall accounts on a terminal: it shows the profile and asks (--yes takes it as it is)':
    'ターミナルで holdall accounts を実行してください。プロファイルを表示し、使うかどうかを確認します（--yes を付けると確認せずに使います）',
  'the profile {file} cannot be read: there is no such file': 'プロファイル {file} がありません',
  'the profile {file} cannot be read ({code})': 'プロファイル {file} を読み取れません（{code}）',
  'profile: in holdall.yaml takes a name, the path of a file (relative to holdall.yaml), or an https address':
    'holdall.yaml の profile: には、名前、ファイルのパス（holdall.yaml からの相対）、または https のアドレスを書いてください',
  'the profile {from} has a mistake:': 'プロファイル {from} に 1 か所の誤りがあります:',
  'the profile {from} has {count} mistakes:': 'プロファイル {from} に {count} か所の誤りがあります:',
  'tell whoever keeps the profile, or leave out profile: in holdall.yaml and fill in the settings yourself':
    'プロファイルの管理者に伝えるか、holdall.yaml の profile: を外し、設定をご自身で書いてください',
  'unset HOLDALL_PRACTICE to talk to the real services': '実際のサービスに接続するには、HOLDALL_PRACTICE を外してください',
  '{file} does not describe a practice cloud on this machine': '{file} は、このパソコンの模擬サービスの情報ではありません',
  // Sign-in
  'another holdall has been busy with the sign-in of {account} for too long':
    'ほかの holdall が {account} のサインインを処理したまま、終わりません',
  'see whether another holdall hangs, and end it': '停止したままの holdall がないかを確かめ、あれば終了してください',
  "this system's keychain cannot be used: {reason}": 'このシステムのキーチェーンを使えません: {reason}',
  'unlock it and run the same command again, or set tokens: file in holdall.yaml and sign in again':
    'ロックを解除して同じコマンドをもう一度実行するか、holdall.yaml で tokens: file としてサインインし直してください',
  "tokens: keychain is set, but this system's keychain does not answer":
    'tokens: keychain と設定されていますが、このシステムのキーチェーンが応答しません',
  'unlock it, or set tokens: auto or tokens: file in holdall.yaml':
    'ロックを解除するか、holdall.yaml で tokens: auto または tokens: file としてください',
  "the sign-in of {account} needs this system's keychain, which does not answer here":
    '{account} のサインインにはこのシステムのキーチェーンが必要ですが、応答しません',
  'unlock the keychain and run the same command again, or sign in anew: holdall connect {account}':
    'キーチェーンのロックを解除して同じコマンドをもう一度実行するか、サインインし直してください: holdall connect {account}',
  'the server of {account} wants the password over a connection that is not encrypted':
    '{account} のサーバーが、暗号化されていない接続でパスワードを求めています',
  'use its https address, or set insecure: true for {account} where you accept that others on the way can read the password':
    'https のアドレスを使うか、途中でパスワードを読まれる可能性を承知のうえで {account} に insecure: true を設定してください',
  'the user name of {account} {wrong}': '{account} のユーザー名に、使えない文字（「:」や改行など）が含まれています',
  'correct accounts.{account}.username, or the password where it was pasted with its line end':
    'accounts.{account}.username を直してください。改行ごと貼り付けたパスワードの場合は、パスワードを入力し直してください',
  'others on this computer can read {path}, and that cannot be changed':
    'このパソコンのほかの利用者が {path} を読めますが、変更できません',
  'put the configuration folder (HOLDALL_HOME) on a disk that knows permissions, or set tokens: keychain':
    '設定フォルダー（HOLDALL_HOME）をアクセス権に対応したディスクに置くか、tokens: keychain としてください',
  '{path} is not an ordinary file': '{path} は通常のファイルではありません',
  'remove it and sign in again': '削除してから、もう一度サインインしてください',
  '{host} answered the sign-in with something else than tokens (status {status})':
    'サインインに対し、{host} からトークンではないものが届きました（{status}）',
  'the answer to the sign-in is too long to be one': 'サインインに対する応答が長すぎます',
  '{host} did not answer the sign-in in time': 'サインインに対し、{host} から時間内に応答がありませんでした',
  'the sign-in at {host} would not be encrypted': '{host} でのサインインが暗号化されません',
  'use an https address': 'https のアドレスを使ってください',
  '{host} could not renew the sign-in just now (status {status})': '{host} が、いまサインインを更新できませんでした（{status}）',
  'run the same command again in a few minutes': '数分待ってから、同じコマンドをもう一度実行してください',
  'the sign-in of {account} was stored by a newer version of holdall':
    '{account} のサインイン情報は、より新しいバージョンの holdall で保存されています',
  'use that version, or sign in again with this one: holdall connect {account}':
    'そのバージョンを使うか、このバージョンでサインインし直してください: holdall connect {account}',
}

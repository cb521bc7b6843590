/** What services are said to refuse, as items and failures in journals have it. See engine.ts. */
export const services: Readonly<Record<string, string>> = {
  'still being processed at the server': 'サーバーで処理中です',
  'It was encrypted by the organisation’s own client before it came to Google.':
    'Google に保存される前に、組織独自の方法で暗号化されています。',
  'It lives in an app of another company; Drive has only a link to it.':
    '他社のアプリの中にあり、ドライブにあるのはリンクだけです。',
  'Google offers no download of {kind} through its API. {how}':
    'Google の API では、この種類のもの（{kind}）をダウンロードできません。ブラウザーで開き、手動で保存してください。',
  'Its owner or the organisation does not allow this account to download it.':
    '所有者または組織が、このアカウントによるダウンロードを許可していません。',
  'Google exports documents only up to 10 MB': 'Google で書き出せるドキュメントは 10 MB までです',
  'Google offers no export of this kind of file': 'Google は、この種類のファイルの書き出しに対応していません',
  'Google offers no download of this kind of file': 'Google は、この種類のファイルのダウンロードに対応していません',
  'its owner does not allow viewers to download it': '所有者が、閲覧者によるダウンロードを許可していません',
  'Google holds it back as malware or spam': 'マルウェアまたは迷惑コンテンツとして、Google が提供を止めています',
  'if it is yours and you trust it, download it by hand in the browser: Google asks for your consent there':
    'ご自身のもので問題がないと分かっている場合は、ブラウザーで手動でダウンロードしてください。その際に Google から確認を求められます',
  'ask its owner for a copy': '所有者にコピーを依頼してください',
  'this account may see it but not download it': 'このアカウントは閲覧できますが、ダウンロードはできません',
  'the administrator of your organisation does not allow this': '組織の管理者が許可していません',
  'ask your organisation’s administrator whether apps may use Drive':
    'アプリからドライブを利用できるかどうかを、組織の管理者にお問い合わせください',
  'this account has no Gmail': 'このアカウントには Gmail がありません',
  'leave this source out in holdall.yaml': 'holdall.yaml で、この取得元を外してください',
  'Google says that it is not there, or not for this account': 'Google によると、存在しないか、このアカウントでは利用できません',
  'Google’s daily limit of downloads is reached, for this file or for the account':
    'このファイルまたはアカウントについて、Google の 1 日のダウンロード上限に達しました',
  'the sign-in does not include the right to read this': 'サインイン時に、これを読み取る権限が与えられていません',
  'run `holdall connect` for this account again and leave every box ticked':
    'このアカウントで holdall connect をもう一度実行し、すべてのチェックボックスをオンにしてください',
  'run `holdall connect` for this account again': 'このアカウントで holdall connect をもう一度実行してください',
  'Google no longer accepts the sign-in': 'サインインが Google で無効になっています',
  'Google asks for a slower pace': 'Google が、間隔をあけるよう求めています',
  'your Google Cloud project has used up its requests of today': 'Google Cloud プロジェクトの 1 日の上限に達しました',
  'run the same command again after midnight in California, when Google counts anew':
    'Google の上限は米国太平洋時間の午前 0 時に元に戻ります。その後、同じコマンドをもう一度実行してください',
  'Microsoft holds it back as malware.': 'マルウェアとして、Microsoft が提供を止めています。',
  'Microsoft holds it back as malware': 'マルウェアとして、Microsoft が提供を止めています',
  'if you trust it, download it by hand in the browser':
    '問題がないと分かっている場合は、ブラウザーで手動でダウンロードしてください',
  'It is a OneNote notebook: the source onenote saves its pages.':
    'OneNote のノートブックです。ページは取得元 onenote で保存します。',
  'It is a package of an app, and Microsoft offers no download of it.':
    'アプリのパッケージで、Microsoft ではダウンロードできません。',
  'It is an album: its pictures are saved in the folders where they lie.':
    'アルバムです。写真は、それぞれのフォルダーに保存しています。',
  'this account has no OneDrive, or it was never opened': 'このアカウントには OneDrive がないか、まだ一度も開かれていません',
  'Microsoft says that it is not there, or not for this account':
    'Microsoft によると、存在しないか、このアカウントでは利用できません',
  'Microsoft asks for a slower pace': 'Microsoft が、間隔をあけるよう求めています',
  'run the same command again later, or with --wait':
    '時間をおいて同じコマンドをもう一度実行するか、--wait を付けて実行してください',
  'Microsoft says that it is not there any more': 'Microsoft にもうありません',
  'Microsoft refused this{said}': 'Microsoft が許可していません{said}',
  'the rights, a label that protects it, or a rule of your organisation (such as "view only" on this device) may stand against it':
    '権限、秘密度ラベル、または組織の規則（この端末では閲覧のみ、など）が妨げている可能性があります',
  'the storage of Microsoft refuses the address that it gave for this file (status {status})':
    'Microsoft のストレージが、このファイルのダウンロード用アドレスを受け付けません（{status}）',
  'Microsoft gave no address for the download': 'Microsoft からダウンロード用アドレスが届きませんでした',
  'Microsoft answered with a web page instead of the file': 'Microsoft から、ファイルではなくウェブページが届きました',
  'the file changed at Microsoft while it was asked for': '取得中に、Microsoft にあるファイルが変更されました',
  'Microsoft sends {length} bytes where it states {size}':
    'Microsoft の示すサイズは {size} バイトですが、届くのは {length} バイトです',
  'your organisation wants you to sign in to Microsoft again before it gives this':
    '取得するには、Microsoft へのサインインをもう一度行うよう、組織が求めています',
  'the page "{name}" changed while it was being saved': '保存中にページ「{name}」が変更されました',
  'the page "{name}" shows a file that OneNote does not have': 'ページ「{name}」にあるファイルが OneNote に見つかりません',
  'what came for the page "{name}" is not a page of OneNote, or not all of it':
    'ページ「{name}」として届いたものが、OneNote のページでないか、途中で切れています',
  'the section "{name}": {why!}': 'セクション「{name}」: {why!}',
  'Microsoft no longer accepts the sign-in': 'サインインが Microsoft で無効になっています',
  'in spam': '迷惑メールに入っています',
  'a shortcut to what others shared; options.onedrive.shared: true in holdall.yaml saves it':
    'ほかの人が共有したものへのショートカットです。holdall.yaml で options.onedrive.shared: true とすると保存します',
  'left out by --exclude': '--exclude の指定により対象外です',
  'not among what --include names': '--include の指定に含まれていません',
  'its owner or the organisation does not allow this account to download it':
    '所有者または組織が、このアカウントによるダウンロードを許可していません',
  'it belongs to a OneNote notebook: the source onenote saves its pages':
    'OneNote のノートブックの一部です。ページは取得元 onenote で保存します',
  'OneNote gives no program what is in a section file that was uploaded by hand':
    '手動でアップロードされたセクションのファイルの中身は、OneNote がプログラムに提供していません',
  'OneDrive says neither that it is a file nor that it is a folder.':
    'OneDrive の情報からは、ファイルともフォルダーとも分かりません。',
  'Gmail does not show this setting to a program of yours. Open its page, and copy what you need by hand.':
    'Gmail は、この設定を個人のプログラムに開示していません。設定のページを開き、必要なものを手動で控えてください。',
  'Gmail gives no message for a line of an old chat': '以前のチャットの発言で、Gmail からメールとしては取り出せません',
  'Google lists this calendar but does not give its events: its owner shows no more than when he or she is busy, or has deleted it.':
    'このカレンダーは一覧にありますが、予定を取得できません。所有者が予定の有無だけを公開しているか、カレンダーを削除しています。',
  'Google is still preparing the export of this large document':
    'サイズの大きいドキュメントで、Google が書き出しを準備しています',
  'the picture is not kept at Google but elsewhere, and was not fetched from there':
    '写真が Google ではなく別の場所にあるため、取得していません',
  'this section is protected by a password': 'このセクションはパスワードで保護されています',
  'take the password off in OneNote, then run the same command again':
    'OneNote でパスワードを解除してから、同じコマンドをもう一度実行してください',
  'it lies on your organisation’s own Meeting Connector, which Zoom cannot read':
    '組織独自の Meeting Connector にあり、Zoom からは読み取れません',
  'it lies in the trash, where Zoom gives nothing out: restore it at Zoom first':
    'ごみ箱にあり、Zoom から取り出せません。先に Zoom で復元してください',
  'Zoom names no file of this recording yet': 'このレコーディングのファイルは、Zoom でまだ準備されていません',
  'this Zoom account has no cloud recordings: its plan does not include them':
    'この Zoom アカウントの契約には、クラウドレコーディングが含まれていません',
  'Zoom asks for a slower pace': 'Zoom が、間隔をあけるよう求めています',
  'this recording is not at Zoom any more': 'このレコーディングは Zoom にもうありません',
  'Zoom says that this meeting has no recording any more': 'このミーティングのレコーディングは Zoom にもうありません',
  'Zoom lists this recording and yet says that it is not there':
    'Zoom の一覧にあるレコーディングですが、取得しようとすると「存在しない」という応答です',
  'run the same command again later; if it stays so, try it in a browser at https://zoom.us/recording':
    '時間をおいて同じコマンドをもう一度実行してください。変わらない場合は、ブラウザーの https://zoom.us/recording でお試しください',
  'run the same command again later; if it stays so, compare with https://zoom.us/recording':
    '時間をおいて同じコマンドをもう一度実行してください。変わらない場合は、https://zoom.us/recording と見比べてください',
  'Zoom asks for a passcode instead of giving the recording to its owner': 'Zoom が、所有者に対してもパスコードを求めています',
  'take the passcode off this recording at https://zoom.us/recording (Share), then run the same command again':
    'https://zoom.us/recording の共有設定でパスコードを外してから、同じコマンドをもう一度実行してください',
  '{what} came instead of {which}, although the sign-in at Zoom is good':
    'Zoom へのサインインは有効ですが、レコーディングではないもの（ウェブページなど）が届きました',
  'if this network has a login page, open it in a browser first; else run the same command again later':
    'ネットワークにログインページがある場合は、先にブラウザーで開いてください。なければ、時間をおいて同じコマンドをもう一度実行してください',
  'Zoom does not allow this account to see that': 'このアカウントでの閲覧を、Zoom が許可していません',
  'Zoom refused this (code {code})': 'Zoom が許可していません（コード {code}）',
  'the sign-in at Zoom does not include the right to read this{which}':
    'Zoom へのサインインに、これを読み取る権限がありません{which}',
  'Zoom counts {total} meetings from {from} to {to}, but names {counted}':
    'Zoom が示す {from} から {to} までのミーティングは {total} 件ですが、一覧にあるのは {counted} 件です',
  'your organisation’s Zoom account has used up its calls of today; it goes on at {when}':
    '組織の Zoom アカウントが、本日の利用上限に達しました。{when} に再開できます',
  'Zoom no longer accepts the sign-in': 'サインインが Zoom で無効になっています',
  '{item}: the server lists this file and yet says that it is not there':
    '{item}: サーバーの一覧にありますが、取得しようとすると「存在しない」という応答です',
  '{item}: the server sent a web page instead of the file': '{item}: サーバーから、ファイルではなくウェブページが届きました',
  'the server did not accept the user name and password': 'サーバーがユーザー名とパスワードを受け付けませんでした',
  'check both, then `holdall connect` this account again; with two-factor sign-in the server wants an app password':
    '両方を確かめてから、このアカウントで holdall connect をもう一度実行してください。二段階認証をお使いの場合は、アプリパスワードが必要です',
  'the server does not allow this account to read it': 'このアカウントでの読み取りを、サーバーが許可していません',
  'not there any more': 'なくなっています',
  'the server answers, but not by WebDAV': 'サーバーは応答しましたが、WebDAV ではありません',
  'locked at the server': 'サーバーでロックされています',
  'too many requests for this server': 'このサーバーへの要求が多すぎます',
  'the server failed at it': 'サーバーで処理に失敗しました',
  'the server is in maintenance': 'サーバーはメンテナンス中です',
  'the server is out of space': 'サーバーの空き容量がありません',
  'lies in a folder that is encrypted end to end; only the Nextcloud apps with its key can read it':
    'エンドツーエンドで暗号化されたフォルダーにあり、鍵を持つ Nextcloud のアプリでしか読み取れません',
  'its owner shared it without the right to read it': '所有者が、読み取りの権限を付けずに共有しています',
}

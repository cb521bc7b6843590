/** What Zoom answers seldom. See engine.ts. */
export const zoom: Readonly<Record<string, string>> = {
  'Zoom’s answer to {what} is not of the expected form{where}': 'Zoom の応答が想定と異なります{where}',
  'Zoom no longer takes the place in the listing where it stopped':
    '一覧の続きの位置が、Zoom で無効になりました。最初から取得し直します',
  'leave this source out in holdall.yaml, or ask your organisation which Zoom account holds your recordings':
    'holdall.yaml でこの取得元を外すか、レコーディングがどの Zoom アカウントにあるかを組織にお問い合わせください',
  'ask the administrator of your Zoom account for a role that may view the content of recordings':
    'レコーディングの内容を閲覧できるロールの付与を、Zoom アカウントの管理者に依頼してください',
  'Zoom has no transcript of this meeting': 'このミーティングの文字起こしは Zoom にありません',
  'Zoom does not take these dates': 'この期間の指定を Zoom が受け付けません',
  'Zoom does not know this meeting (code {code})': 'このミーティングは Zoom に見つかりません（コード {code}）',
  'Zoom keeps such details for a year only': 'このような詳細を Zoom が保持するのは 1 年間だけです',
  'Zoom says that this user does not exist in this account any more': 'Zoom によると、この利用者はアカウントにもういません',
  'sign in with the account that holds the recordings now': 'いまレコーディングがあるアカウントでサインインしてください',
  'ask the administrator of your Zoom account whether apps may read recordings':
    'アプリからレコーディングを読み取れるかどうかを、Zoom アカウントの管理者にお問い合わせください',
  'Zoom does not take this page or these dates of the list of clips':
    'クリップの一覧のこのページ、またはこの期間の指定を Zoom が受け付けません',
  'Zoom does not know this clip, or has not finished it': 'このクリップは Zoom に見つからないか、まだ完成していません',
  'Zoom has this clip not ready for download': 'このクリップは、Zoom でまだダウンロードの準備ができていません',
  'your organisation does not let people download clips': '組織が、クリップのダウンロードを許可していません',
  'ask its Zoom administrator to allow it for a day (Account Settings, Clips), or to download yours':
    'Zoom の管理者に、1 日だけ許可するか（アカウント設定の「クリップ」）、代わりにダウンロードするよう依頼してください',
  'Zoom does not let this account read clips (code {code})':
    'このアカウントによるクリップの読み取りを、Zoom が許可していません（コード {code}）',
  'ask the administrator of your Zoom account whether Clips is switched on, or take clips out of the sources in holdall.yaml':
    '「クリップ」が有効かどうかを Zoom アカウントの管理者に問い合わせるか、holdall.yaml の取得元から clips を外してください',
  'add the right to your app at https://marketplace.zoom.us (Manage, your app, Scopes), then run `holdall connect` for this account again':
    'https://marketplace.zoom.us（Manage、アプリ名、Scopes の順）でアプリに権限を加えてから、このアカウントで holdall connect をもう一度実行してください',
  'run the same command again after {when}, or let `holdall backup --wait` sit it out':
    '{when} より後に同じコマンドをもう一度実行するか、holdall backup --wait で待たせてください',
  'Zoom’s list of scheduled meetings goes round in a circle': 'Zoom の予定の一覧が堂々巡りになっています',
  'a web page or an error message came instead of the clip': 'クリップではなく、ウェブページかエラーメッセージが届きました',
  'Zoom lists this clip and yet says that it is not there, or not ready':
    'Zoom の一覧にあるクリップですが、取得しようとすると「存在しない」または「準備中」という応答です',
  'run the same command again later; if it stays so, try it in a browser at https://zoom.us/clips':
    '時間をおいて同じコマンドをもう一度実行してください。変わらない場合は、ブラウザーの https://zoom.us/clips でお試しください',
  'Zoom’s list of clips goes round in a circle': 'Zoom のクリップの一覧が堂々巡りになっています',
  'Zoom counts {total} clips from {from} to {to}, but names {counted}':
    'Zoom が示す {from} から {to} までのクリップは {total} 件ですが、一覧にあるのは {counted} 件です',
  'run the same command again later; if it stays so, compare with https://zoom.us/clips':
    '時間をおいて同じコマンドをもう一度実行してください。変わらない場合は、https://zoom.us/clips と見比べてください',
  'Zoom counts {total} files of {which}, but names {named}':
    'Zoom が示すファイルの数は {total} 件ですが、一覧にあるのは {named} 件です',
  'Zoom’s storage answered with status {status} where the whole recording was due':
    'レコーディング全体を要求しましたが、Zoom のストレージの応答が想定と異なります（{status}）',
  'Zoom gives up its place in the listing again and again': 'Zoom で、一覧の続きの位置が繰り返し無効になります',
  'Zoom’s list of recordings goes round in a circle': 'Zoom のレコーディングの一覧が堂々巡りになっています',
  'the first day whose recordings are wanted, {day}, is still to come':
    '取得を始める日として指定された {day} は、まだ先の日付です',
  'correct options.recordings.from of this account in holdall.yaml':
    'holdall.yaml で、このアカウントの options.recordings.from を直してください',
  'Zoom’s list of participants goes round in a circle': 'Zoom の参加者の一覧が堂々巡りになっています',
  'Zoom answered about other days than {day}, which it was asked about':
    '{day} からの期間について問い合わせましたが、Zoom から別の期間の応答が届きました',
  'Zoom’s list of the trash goes round in a circle': 'Zoom のごみ箱の一覧が堂々巡りになっています',
}

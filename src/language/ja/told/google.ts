/** What Google's services answer seldom. See engine.ts. */
export const google: Readonly<Record<string, string>> = {
  'Google’s answer to {what} is not of the expected form{where}': 'Google の応答が想定と異なります{where}',
  'Google’s answer about who signed in is not of the expected form': 'サインインした方についての Google の応答が想定と異なります',
  'Google no longer takes the place in the listing where it stopped':
    '一覧の続きの位置が、Google で無効になりました。最初から取得し直します',
  'Google says that this label is not there': 'Google によると、このラベルはありません',
  'this Google API is not switched on in your Google Cloud project':
    'この Google API が、Google Cloud プロジェクトで有効になっていません',
  'enable it at {page} (choose your project), wait a few minutes, and run the same command again':
    '{page} でプロジェクトを選んで有効にし、数分待ってから、同じコマンドをもう一度実行してください',
  'Google refused this': 'Google が許可していません',
  'Google refused this ({reason})': 'Google が許可していません（{reason}）',
  'Google’s list of calendars goes round in a circle': 'Google のカレンダーの一覧が堂々巡りになっています',
  'Google’s list of those who share a calendar goes round in a circle':
    'Google のカレンダーの共有相手の一覧が堂々巡りになっています',
  'Google’s list of shared drives goes round in a circle': 'Google の共有ドライブの一覧が堂々巡りになっています',
  'Google’s list of a shared folder goes round in a circle': 'Google の共有フォルダーの一覧が堂々巡りになっています',
  'Google’s list of task lists goes round in a circle': 'Google の ToDo リストの一覧が堂々巡りになっています',
  'Google’s listing goes round in a circle': 'Google の一覧が堂々巡りになっています',
  'Gmail’s listing goes round in a circle': 'Gmail の一覧が堂々巡りになっています',
  'the calendar "{title}" is not in the list any more': 'カレンダー「{title}」は一覧にもうありません',
  'the task list "{title}" is not there any more': 'ToDo リスト「{title}」はもうありません',
  'Google Tasks has no list of changes': 'Google ToDo リストには、変更の一覧がありません',
  'Google answered with something that is no picture': 'Google から、画像ではないものが届きました',
  'the contact has no photo any more': '連絡先の写真はもうありません',
  'Google answered with a web page instead of the file': 'Google から、ファイルではなくウェブページが届きました',
  'Google answered with a web page instead of the message': 'Google から、メールではなくウェブページが届きました',
  'Google’s answer about an export under way does not name it': '書き出し中のものについての Google の応答が想定と異なります',
  'Google could not finish the export': 'Google が書き出しを完了できませんでした',
  'Google could not finish the export (code {code})': 'Google が書き出しを完了できませんでした（コード {code}）',
  'Google refused a range of bytes that was not asked for': '要求していない範囲について、Google が拒否の応答を返しました',
  'Google answered with another part of the file than was asked for': 'Google から、要求とは異なる部分のデータが届きました',
  'the file changed at Google while it was asked for': '取得中に、Google にあるファイルが変更されました',
  'Google’s daily limit of downloads is reached for this account':
    'このアカウントが、Google の 1 日のダウンロード上限に達しました',
  'Google’s list of changes ends without saying where the next one begins': 'Google の変更の一覧に、次回の開始位置がありません',
  'Google says that it did not search everything in {what}, so nothing was taken for gone':
    'Google によると、検索していない範囲があるため、何も「消失」とは扱っていません',
  'Google says that it did not search everything in a shared folder':
    'Google によると、共有フォルダーに検索していない範囲があります',
  'Google did not search everything for the closing count': '最後の数え直しで、Google が検索していない範囲がありました',
  'run holdall backup again later': '時間をおいて holdall backup をもう一度実行してください',
  'Google accepted the change, and yet the file has the same owner as before':
    'Google は変更を受け付けましたが、ファイルの所有者が変わっていません',
  'it is not yours to give: you do not own it': 'ご自身が所有者ではないため、移せません',
  'it is yours already': 'すでにご自身のものです',
  'Google does not let files pass between an organisation and personal accounts':
    'Google では、組織のアカウントと個人のアカウントの間で所有権を移せません',
  'share it with that person so that they can make a copy, or move it into a shared drive':
    '相手と共有してコピーを作ってもらうか、共有ドライブに移してください',
  'the shared drive "{title}" is no longer there, or not for this account':
    '共有ドライブ「{title}」は、もうないか、このアカウントでは利用できません',
  'this account has no shared drive named "{name}"': 'このアカウントに、共有ドライブ「{name}」はありません',
  'this account belongs to no shared drive; take it out of options.drive.roots':
    'このアカウントが参加している共有ドライブはありません。options.drive.roots から外してください',
  'options.drive.roots may name {names}': 'options.drive.roots に指定できるもの: {names}',
  'no address is known for {endpoint} of Google': 'Google の {endpoint} のアドレスが分かりません',
  'Gmail’s answer holds a message that is not valid base64url, at character {position}':
    'Gmail から届いたメールのデータが壊れています（{position} 文字目）',
  'Gmail answered with something else than this message': 'Gmail から、このメールではないものが届きました',
  'Gmail’s answer holds no content of this message': 'Gmail の応答に、このメールの内容がありません',
  'Gmail’s answer with a message is not of the expected form': 'メールについての Gmail の応答が想定と異なります',
}

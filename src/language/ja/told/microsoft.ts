/** What Microsoft's services answer seldom. See engine.ts. */
export const microsoft: Readonly<Record<string, string>> = {
  'Microsoft’s answer is not JSON, though it says so': 'Microsoft の応答が、JSON とされていながら JSON ではありません',
  'Microsoft’s answer to {what} is not of the expected form{where}': 'Microsoft の応答が想定と異なります{where}',
  'Microsoft’s answer about who signed in is not of the expected form':
    'サインインした方についての Microsoft の応答が想定と異なります',
  'Microsoft no longer takes the place in the listing where it stopped':
    '一覧の続きの位置が、Microsoft で無効になりました。最初から取得し直します',
  'Microsoft could not look at the sign-in just now': 'Microsoft が、いまサインインを確認できませんでした',
  'Microsoft’s answer to the sign-in holds no token': 'サインインに対する Microsoft の応答に、トークンがありません',
  'Microsoft does not say which organisation {tenant} is': 'Microsoft の応答から、{tenant} がどの組織か分かりません',
  'Microsoft renewed the sign-in of another organisation': '別の組織のサインインが Microsoft で更新されました',
  'what is kept of the sign-in at Microsoft does not name its account':
    '保存されている Microsoft のサインイン情報に、アカウントの記載がありません',
  'Microsoft does not say which organisation the account belongs to':
    'Microsoft の応答から、アカウントがどの組織のものか分かりません',
  'the answer of {host} to the sign-in broke off': 'サインインに対する {host} の応答が途中で切れました',
  '{host} could not sign in just now (status {status})': '{host} が、いまサインインを処理できませんでした（{status}）',
  'the answer of {host} to the sign-in is too long to be one': 'サインインに対する {host} の応答が長すぎます',
  'Microsoft’s listing leads to {where}; it was not followed':
    'Microsoft の一覧の続きが {where} を指しているため、たどりませんでした',
  'see that nothing on this network changes answers, then run the same command again':
    'ネットワークの途中で応答が書き換えられていないかを確かめてから、同じコマンドをもう一度実行してください',
  'Microsoft refused a range of bytes that was not asked for': '要求していない範囲について、Microsoft が拒否の応答を返しました',
  'it is no file any more at Microsoft': 'Microsoft では、もうファイルではなくなっています',
  'Microsoft answered with another part of the file than was asked for': 'Microsoft から、要求とは異なる部分のデータが届きました',
  'Microsoft answered with a packed form of the file, which was not asked for':
    'Microsoft から、要求していない圧縮形式のデータが届きました',
  'Microsoft’s list of a folder goes round in a circle': 'Microsoft のフォルダーの一覧が堂々巡りになっています',
  'Microsoft’s listing goes round in a circle': 'Microsoft の一覧が堂々巡りになっています',
  'Microsoft does not let the listing begin anew': 'Microsoft が、一覧を最初から取得し直すことを受け付けません',
  'Microsoft’s list of changes ends without saying where the next one begins':
    'Microsoft の変更の一覧に、次回の開始位置がありません',
  'Microsoft did not let the closing count come to its end': 'Microsoft で、最後の数え直しを終えられませんでした',
  'what was shared is not there any more': '共有されていたものはもうありません',
  'the shortcut "{title}" is no longer there': 'ショートカット「{title}」はもうありません',
  'Microsoft gave something for the download that is no address of a secure server':
    'Microsoft から届いたダウンロード用アドレスが、安全なサーバーのものではありません',
  'a proxy or a maintenance page may stand in the way; run the same command again later':
    'プロキシやメンテナンスのページが妨げている可能性があります。時間をおいて同じコマンドをもう一度実行してください',
  'OneNote has the page "{name}" and yet says that its content is not there':
    'ページ「{name}」は OneNote にありますが、内容を取得しようとすると「存在しない」という応答です',
  'look at the page in OneNote; run the same command again later':
    'OneNote でページを確認し、時間をおいて同じコマンドをもう一度実行してください',
  'the page "{name}" is larger than {bytes} bytes without its pictures':
    'ページ「{name}」は、画像を除いても {bytes} バイトを超えています',
  'split it in OneNote, or export it there by hand': 'OneNote でページを分けるか、手動で書き出してください',
  '{what} came instead of a file of the page "{name}"': 'ページ「{name}」のファイルではないもの（ウェブページなど）が届きました',
  'run the same command again later; if it stays so, look at the page in OneNote':
    '時間をおいて同じコマンドをもう一度実行してください。変わらない場合は、OneNote でページをご確認ください',
  'it changes faster than it can be listed': '一覧の取得が追いつかないほど頻繁に変更されています',
  'OneNote refused the request{said}': 'OneNote が要求を受け付けません{said}',
  'open it in OneNote, and move its pages to a section that was made there':
    'OneNote で開き、ページを OneNote で作成したセクションに移してください',
}

/** What WebDAV servers answer seldom. See engine.ts. */
export const webdav: Readonly<Record<string, string>> = {
  '{message!} ({method} answered {status})': '{message!}（{method} の応答: {status}）',
  '{what} sends this on to another host ({from})': '{what} が、別のホストへ転送しています（{from}）',
  'if that is where the files are now, set `url` to the address there':
    'ファイルがいまそこにある場合は、url をそのアドレスにしてください',
  '{what}: the server answered with status {status}': '{what}: サーバーの応答が想定と異なります（{status}）',
  '{what}: {message!} (status {status})': '{what}: {message!}（応答: {status}）',
  'the url names a file, not a folder': 'url が、フォルダーではなくファイルを指しています',
  'set `url` to the folder that holds it': 'url を、そのファイルのあるフォルダーにしてください',
  "{what}: the server's answer is empty": '{what}: サーバーの応答が空です',
  '{item}: the server answered with status {status} where its content was due':
    '{item}: 内容を要求しましたが、サーバーの応答が想定と異なります（{status}）',
  'a sign-in or maintenance page stands in the way; run the same command again later':
    'ログインやメンテナンスのページが妨げています。時間をおいて同じコマンドをもう一度実行してください',
  '{item}: the server sends {size} bytes of a version of which its listing says {listed}':
    '{item}: サーバーの一覧では {listed} バイトですが、届くのは {size} バイトです',
  'run the same command again later; if it stays so, ask whoever runs the server':
    '時間をおいて同じコマンドをもう一度実行してください。変わらない場合は、サーバーの管理者にお問い合わせください',
  'there is no folder at the url of this account: {message!}': 'このアカウントの url にフォルダーがありません: {message!}',
  '{id}: looks like a link back to {original}, which holds it; it was not read again':
    '{id}: これを含む {original} へのリンクと見られるため、重ねて読み取っていません',
  'remove the link at the server if it is one; if it is a folder of its own, change anything in it and run again':
    'リンクであれば、サーバーで削除してください。独立したフォルダーであれば、中の何かを変更してからもう一度実行してください',
  'the server failed at {count} folders one after another: {message!}':
    '{count} 個のフォルダーで、続けてサーバーの処理が失敗しました: {message!}',
  'run the same command again later; it goes on where it stopped':
    '時間をおいて同じコマンドをもう一度実行してください。続きから再開します',
  "{what}: the server's list is empty and does not even name the folder itself":
    '{what}: サーバーの一覧が空で、フォルダー自身も含まれていません',
  '{folder}: the server lists "{shown}", which {why}; it cannot be asked for':
    '{folder}: サーバーの一覧にある「{shown}」は、名前の都合で取得できません',
  'rename it at the server, or tell its administrator': 'サーバーで名前を変更するか、管理者にお知らせください',
  '{what}: the server lists "{href}", which does not lie below "{base}"':
    '{what}: サーバーの一覧にある「{href}」は、「{base}」の下にありません',
  'set `url` to the address that the server itself uses, letter case included':
    'url を、大文字と小文字も含め、サーバーが使うアドレスと同じにしてください',
  '{id}: lies more than {deepest} folders deep and was not read':
    '{id}: フォルダーの階層が {deepest} を超えるため、読み取っていません',
  'a link that leads back to a folder above looks like this; remove it at the server, or shorten the path':
    '上位のフォルダーに戻るリンクの可能性があります。サーバーでリンクを削除するか、パスを短くしてください',
  "{what}: the server's list is cut off or damaged": '{what}: サーバーの一覧が途中で切れているか、壊れています',
  'run the same command again; if it stays, the server sends broken XML and its administrator can help':
    '同じコマンドをもう一度実行してください。変わらない場合は、サーバーの送る XML が壊れていますので、管理者にお問い合わせください',
  "{what}: the server's list is nested without end": '{what}: サーバーの一覧の入れ子が深すぎます',
  "{what}: the server's list holds a value without end": '{what}: サーバーの一覧に、終わりのない値があります',
  "{what}: the server's list holds an entry without address": '{what}: サーバーの一覧に、アドレスのない項目があります',
  '{what}: the server answered with a web page where a list was due':
    '{what}: サーバーから、一覧ではなくウェブページが届きました',
  'a sign-in or maintenance page stands in the way, or the url is not a WebDAV address: open it in a browser to see':
    'ログインやメンテナンスのページが妨げているか、url が WebDAV のアドレスではありません。ブラウザーで開いてご確認ください',
  "{what}: the server's answer is no WebDAV list": '{what}: サーバーの応答が WebDAV の一覧ではありません',
  'check that the url is a WebDAV address': 'url が WebDAV のアドレスであることをご確認ください',
  'its storage at the server may be broken: its administrator can help':
    'サーバーの保存領域が壊れている可能性があります。管理者にお問い合わせください',
}

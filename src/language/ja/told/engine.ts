/** Sentences of backup/, copy/, verify/, export/ and the commands. A hole `{name}` is taken over as it is; `{name!}` holds a sentence itself. */
export const engine: Readonly<Record<string, string>> = {
  // Items
  'not taken yet': 'まだ取得していません',
  'it vanished at the source before it was taken': '保存する前に取得元で消えました',
  'its file was removed from the archive': 'アーカイブからファイルが削除されていました',
  'its file in the archive was damaged': 'アーカイブのファイルが破損していました',
  'its row in the journal was damaged': 'ジャーナルの記録が破損していました',
  'its row of {name} belongs to no item or to no folder': '{name} の行が、どの項目またはフォルダーにも属していません',
  'its row of {name} is not known by the name that it has': '{name} の行の、比較用の名前が実際の名前と一致しません',
  'in the trash': 'ごみ箱に入っています',
  'it is there and not in the archive': '取得元にあり、アーカイブにありません',
  'it is newer there than in the archive': '取得元のほうが新しくなっています',
  'it changed while it was being downloaded': 'ダウンロード中に変更されました',
  'the server sent another range than the one asked for': 'サーバーが、要求とは異なる範囲のデータを送ってきました',
  'more bytes arrive than the {size} that were announced': '通知された {size} バイトより多くのデータが届きました',
  '{written} bytes arrived where {size} were announced': '{size} バイトと通知されましたが、届いたのは {written} バイトでした',
  'the {algorithm} checksum of what arrived is not the one that the provider states':
    '届いたデータの {algorithm} チェックサムが、サービスの示す値と一致しません',
  'what arrived is not what its name says: {what}': '届いた内容が、ファイル名の種類と一致しません（{what}）',
  'its {size} bytes are more than a file on this disk can have':
    'サイズが {size} バイトあり、このディスクに保存できる上限を超えています',
  'what arrived seems to be cut off ({why!}); it is fetched once more to compare':
    '届いたファイルが途中で切れているようです（{why!}）。もう一度取得して比べます',
  '{name} came twice alike, and seems to be cut off ({why!}); it is saved as it came':
    '{name} は途中で切れているようですが（{why!}）、2 回とも同じ内容が届いたため、そのまま保存しました',
  'look at it in a browser, and whether it ends there as well':
    'ブラウザーで開き、サービス側でもそこで終わっているかをご確認ください',
  'captions that end in the middle': '字幕が途中で終わっています',
  'a table that ends in the middle': '表が途中で終わっています',
  'the totals that the service itself shows could not be read: {message!}':
    'サービス側に表示される合計を確認できませんでした。{message!}',
  'there was no answer within {seconds} seconds': '{seconds} 秒以内に応答がありませんでした',
  'it is larger than a file on this disk can be': 'このディスクに保存できるファイルの上限を超えています',
  'use a disk formatted as exFAT, NTFS, APFS or ext4': 'exFAT、NTFS、APFS、ext4 のいずれかの形式のディスクをお使いください',
  'if it stays so, download the file by hand: it may be protected, and made anew for each reader':
    '同じ結果が続く場合は、保護されたファイルの可能性がありますので、手動でダウンロードしてください',
  '{count} downloads in a row failed, the last because: {why!}':
    '{count} 件のダウンロードが続けて失敗しました。最後の理由: {why!}',
  'run the same command again later; what was saved is kept':
    '時間をおいて同じコマンドをもう一度実行してください。保存済みのものは残っています',
  'run the same command again': '同じコマンドをもう一度実行してください',
  'run the same command again later': '時間をおいて、同じコマンドをもう一度実行してください',
  'run the same command again tomorrow': '明日、同じコマンドをもう一度実行してください',
  // Listings
  '{few} of the {alive} items known are suddenly not listed any more: that is what a lapsed account looks like, so nothing was marked as gone':
    '把握していた {alive} 件のうち {few} 件が、急に一覧に現れなくなりました。アカウントが無効になったときの様子に似ているため、何も「消失」とは扱っていません',
  'look at the account in a browser; if you removed them yourself, everything saved stays in the archive all the same':
    'ブラウザーでアカウントをご確認ください。ご自身で削除した場合でも、保存済みのものはアーカイブに残ります',
  'some folders could not be listed; what they hold may be incomplete':
    '一覧を取得できないフォルダーがあり、その中身がそろっていない可能性があります',
  'the folder {name} could not be listed: {why!}': 'フォルダー {name} の一覧を取得できませんでした: {why!}',
  'the closing count found {count} items that the listing had not named ({examples})':
    '最後の数え直しで、一覧になかった {count} 件が見つかりました（{examples}）',
  'what was asked for again was counted by another way as well ({count} entries): nothing is missing there; everything was last counted at {time} UTC':
    '今回あらためて確認した範囲を、別の方法でも数えました（{count} 件）。漏れはありません。全体を最後に数えたのは {time} UTC です',
  'run holdall backup again: it lists everything anew': 'holdall backup をもう一度実行してください。一覧を最初から取得し直します',
  'run holdall backup again': 'holdall backup をもう一度実行してください',
  'the pattern {pattern} matches nothing': 'パターン {pattern} に当てはまるものがありません',
  'patterns are written as in .gitignore, for example "google/drive/My Drive/Films/"':
    'パターンは .gitignore と同じ書き方です。例: "google/drive/My Drive/Films/"',
  // Runs
  '{finished} files that an earlier run had almost saved were finished':
    '前回の実行で保存しかけていた {finished} 件を完了しました',
  'the bag could not be sealed: {why!}': 'チェックサム一覧を書き込めませんでした: {why!}',
  'the next backup or verify seals it': '次の backup または verify で書き込みます',
  'a daily limit is used up: waiting until {date} {time} UTC, then it goes on by itself':
    '1 日の上限に達しました。{date} {time} UTC まで待ち、その後自動的に再開します',
  'Ctrl-C ends the wait and loses nothing': 'Ctrl-C で待機を終えることができます。失われるものはありません',
  'the manifests lag behind what was saved (a run was cut off): they are brought up to date first':
    '前回の実行が途中で途切れ、チェックサム一覧が古くなっているため、先に更新します',
  '{path} stood where a saved file belongs and is not one of ours: it was kept as {kept}':
    '保存先の場所に別のファイルがありました: {path}（{kept} に移して残しました）',
  'the computer may fall asleep during this run ({why}); the run goes on when it wakes':
    '実行中にパソコンがスリープすることがあります。スリープが解除されると、続きから再開します',
  'the report could not be written: {why!}': 'レポートを書き込めませんでした: {why!}',
  'holdall report writes it': 'holdall report を実行すると作成されます',
  'unexpected error: {what}': '予期しないエラー: {what}',
  // Verify
  'is missing': 'ファイルがありません',
  'this folder cannot be read': 'フォルダーを読み取れません',
  'cannot be read: {code}': '読み取れません（{code}）',
  'is not an ordinary file': '通常のファイルではありません',
  'its bytes differ from those that were saved': '内容が、保存したときと異なります',
  'means what it did, but is not byte for byte as a backup writes it':
    '意味は変わりませんが、バックアップが書いたとおりの内容ではありません',
  'holds the bytes of {path}': '{path} の内容になっています',
  'has {bytes} bytes instead of {expected}': 'サイズが {expected} バイトではなく {bytes} バイトになっています',
  'the manifest lists it, but the journal does not know it': 'マニフェストにありますが、ジャーナルにありません',
  'the manifest does not list it': 'マニフェストにありません',
  'the manifest lists it twice': 'マニフェストに二重に記載されています',
  'the manifest has another checksum for it than the journal': 'マニフェストのチェックサムが、ジャーナルと異なります',
  'tagmanifest-sha256.txt does not list it': 'tagmanifest-sha256.txt にありません',
  'line {line} is damaged or torn off': '{line} 行目が破損しているか、途中で切れています',
  'lists what is no file of the payload: {path}': 'データではないファイルが記載されています: {path}',
  'lists what does not belong there: {path}': 'あるはずのないファイルが記載されています: {path}',
  'line {line} cannot be read': '{line} 行目を読み取れません',
  'line {line} names an item twice: {id}': '{line} 行目の項目が二重に記載されています: {id}',
  'may not open: {path}: {what}': '開けない可能性があります: {path}（{what}）',
  'nothing of {names} is in this archive': 'このアーカイブに {names} はありません',
  'it holds: {names}': 'このアーカイブにあるもの: {names}',
  'the settings have no such source any more': 'この取得元は現在の設定にありません',
  // Copy and export
  'nothing is saved yet': 'まだ何も保存されていません',
  'run holdall backup first': '先に holdall backup を実行してください',
  'not in the archive, set aside in the copy: {path} (now {place})':
    'アーカイブにないため、複製先で別の場所に移しました: {path}（{place}）',
  'not right in the copy, copied again: {path}': '複製の内容が正しくないため、複製し直しました: {path}',
  'to copy: {files} files, {size}': '複製するもの: {files} ファイル、{size}',
  'only mail can be exported, not {what}': '書き出せるのはメールだけです（指定: {what}）',
  'for example: holdall export mail --format maildir --to ~/Mail': '例: holdall export mail --format maildir --to ~/Mail',
  '--format is mbox or maildir': '--format には mbox または maildir を指定してください',
  '--format is mbox or maildir, not {format}': '--format には mbox または maildir を指定してください（指定: {format}）',
  '--to is missing: the folder to write into': '--to に書き出し先のフォルダーを指定してください',
  '--each-label is for mbox, and without --label': '--each-label は mbox でのみ、--label なしで使用できます',
  'a Maildir has a folder for each label anyway': 'Maildir では、もともとラベルごとのフォルダーに分かれます',
  'no mail is in this archive': 'このアーカイブにメールはありません',
  'no mail of {names} is in this archive': 'このアーカイブに {names} のメールはありません',
  'there is mail of: {names}': 'メールのある取得元: {names}',
  '--to is missing: the file to write': '--to に作成するファイルを指定してください',
  'for example: holdall support --to support.json': '例: holdall support --to support.json',
  '{file} is there already': '{file} はすでにあります',
  'choose another name, or add --yes to replace it': '別の名前にするか、--yes を付けて上書きしてください',
  '{file} lies in the archive': '{file} はアーカイブの中にあります',
  'choose a file elsewhere': '別の場所を指定してください',
  // What runs go through, as the sources name it
  Messages: 'メール',
  'Mail settings': 'メールの設定',
  labels: 'ラベル',
  contacts: '連絡先',
  'other contacts': 'その他の連絡先',
  'My Drive and what is shared with you': 'マイドライブと共有アイテム',
  Notebooks: 'ノートブック',
  Files: 'ファイル',
  Trash: 'ごみ箱',
  Recordings: 'レコーディング',
}

/** Sentences about a journal that is made anew, manifests that are not what they were, and files that are not there. See engine.ts. */
export const archive: Readonly<Record<string, string>> = {
  // A journal that is made anew
  missing: '見つかりません',
  empty: '空です',
  'damaged: {what}': '破損しています',
  'the journal of this archive (.holdall/journal.db) is {state!}': 'このアーカイブのジャーナル（.holdall/journal.db）: {state!}',
  'the journal of this archive (.holdall/journal.db) is {state!}; it was kept as {aside}':
    'このアーカイブのジャーナル（.holdall/journal.db）: {state!}。元のものは {aside} として残しました',
  'there are no metadata to make it anew from: everything is listed and taken anew':
    '作り直すためのメタデータがないため、すべての一覧と取得を最初から行います',
  'it is made anew from the metadata, and every file is read to see that it is right; then the accounts are listed anew, and only what is not here is downloaded':
    'メタデータから作り直し、すべてのファイルを読んで正しいことを確かめます。その後、アカウントの一覧を取得し直し、ここにないものだけをダウンロードします',
  'the journal was made anew: {items} items; {right} files are there and right, {wrong} are not':
    'ジャーナルを作り直しました: {items} 件。正しいファイル {right}、正しくないファイル {wrong}',
  'the journal was made anew: {items} items; {right} files are there and right, {wrong} are not; {lines} lines of the metadata could not be used':
    'ジャーナルを作り直しました: {items} 件。正しいファイル {right}、正しくないファイル {wrong}。メタデータの {lines} 行は使えませんでした',
  '{file} is missing: files are held against the metadata alone': '{file} がないため、メタデータだけと照合します',
  '{file} cannot be read: files are held against the metadata alone': '{file} を読み取れないため、メタデータだけと照合します',
  '{file} is damaged at line {line}: files that it does not list are held against the metadata alone':
    '{file} の {line} 行目が破損しているため、そこにないファイルはメタデータだけと照合します',
  '{file}: line {line} cannot be read; it counts for nothing, and the item is listed anew':
    '{file}: {line} 行目を読み取れないため使わず、その項目の一覧を取得し直します',
  '{file}: line {line} names what is not in {folder}: {path}; it counts for nothing, and the item is listed anew':
    '{file}: {line} 行目に {folder} の外のもの（{path}）が記載されているため使わず、その項目の一覧を取得し直します',
  '{file} cannot be read ({code}): what it said from line {line} on is listed anew':
    '{file} を読み取れません（{code}）。{line} 行目以降は、一覧を取得し直します',
  '{file} cannot be read: whose data {account} holds is not known any more':
    '{file} を読み取れないため、{account} が誰のデータであるかが分からなくなりました',
  'see that the same person signs in again: whoever signs in next under the name {account} is taken for the one whose data these are':
    '必ず同じ方がサインインしてください。次に {account} にサインインした方のデータとして扱います',
  '{what!}; it is taken again': '{what!}。取得し直します',
  '{what!}; it is gone at its source and cannot be taken again': '{what!}。取得元にもうないため、取得し直せません',
  'the manifest has another checksum for it than the metadata': 'マニフェストのチェックサムが、メタデータと異なります',
  'its file in the archive was not as it was saved; it is taken again once it has been listed':
    'アーカイブのファイルが、保存したときと異なっていました。一覧を取得した後、取得し直します',
  'cannot be read: the disk reported an input/output error': '読み取れません（ディスクが入出力エラーを報告しました）',
  // Manifests
  'the journal of this archive states what cannot be ({what}): no report can be made of it':
    'このアーカイブのジャーナルに、あり得ない値があります（{what}）。そのため、レポートを作れません',
  'run holdall verify, which says what is wrong with it and what to do':
    'holdall verify を実行してください。何が壊れているか、どうすればよいかが分かります',
  '{what!}: it is made anew, out of the journal': '{what!}。ジャーナルから作り直します',
  '{file} is missing': '{file} がありません',
  '{file} cannot be read': '{file} を読み取れません',
  '{file} is not what it was (half written, or changed)':
    '{file} が元の内容ではありません（途中までしか書かれていないか、変更されています）',
  '{file} is damaged at line {line}': '{file} の {line} 行目が破損しています',
  '{file} does not list {path}': '{file} に {path} がありません',
  'an earlier verify found damage: the manifests no longer list what is to be taken again, and are brought up to date first':
    '以前の verify で破損が見つかったため、取得し直すものをマニフェストから外し、先に更新します',
  'the disk reported an input/output error: {path}': 'ディスクが入出力エラーを報告しました: {path}',
  'it and {file} name different people as those whose data {account} holds':
    '{account} が誰のデータであるかについて、{file} と内容が異なります',
}

import type { plan as english } from '../en/plan.ts'
import { formats } from '../formats.ts'

const { number: n, size } = formats.ja

const files = (count: number) => `${n(count)} 個のファイル`

export const plan: typeof english = {
  headings: ['取得元', '区分', '件数', '保存済み', 'これから', 'これからのサイズ', '書き出し不可', '対象外'],
  nothingListed: '一覧を取得できなかったため、必要な容量はわかりません。',
  needed: (bytes, most, free) =>
    `ディスクに必要な容量: ${most > bytes ? `${size(bytes)} から ${size(most)} まで` : size(bytes)}。空き容量: ${size(free)}。`,
  sampled: (source, unsized, looked, how, least, most) =>
    `${source}: ${files(unsized)}は、事前にサイズがわかりません。${how === 'asked' ? `サービスに問い合わせた ${n(looked)} 件` : `すでに保存した ${n(looked)} 件`}を標本とすると、合計は ${size(least)} から ${size(most)} までと見積もられます。これは推定です。`,
  unknownSizes: (source, unsized) =>
    `${source}: ${files(unsized)}は、事前にサイズがわからず、見積もる材料もまだありません。その分は上の容量に含まれていません。`,
  tooSmall: (missing) => `ディスクの容量が ${size(missing)} 足りません。始める前に、別のディスクを選んでください。`,
  maybeTooSmall: (missing) =>
    `ディスクの容量が、最大で ${size(missing)} 足りなくなるおそれがあります。より大きなディスクのほうが安心です。`,
  largestFile: (bytes, system) =>
    `${system}には ${size(bytes)} を超えるファイルを保存できませんが、該当するファイルはありません。`,
  tooLarge: (count, bytes, system) =>
    `${files(count)}が、${system}に保存できる上限の ${size(bytes)} を超えています。exFAT、NTFS、APFS、ext4 のいずれかで初期化したディスクを選んでください。例:`,
  thisFileSystem: 'このファイルシステム',
  longPaths: (folders, limit) =>
    `${n(folders)} 個のフォルダーで、パスが ${n(limit)} 文字を超えます。Holdall は保存できますが、開けない Windows のプログラムがあります。アーカイブの場所のパスを短くすると避けられます。`,
  renamed: (count) =>
    `${n(count)} 個のファイルまたはフォルダーは、アーカイブでは別の名前になります。大文字と小文字だけが違う名前や、使えないシステムのある文字を含む名前だからです。元の名前はメタデータに残ります。`,
  nothingDownloaded: 'ダウンロードは行っていません。次は holdall backup を実行してください',
  notTaken:
    '次のものは、アカウントに含まれている場合がありますが、Holdall では取得しません。手作業での取得方法は次のとおりです。',
  notTakenOf: (account, what) => `${account}: ${what}`,
  seen: (how) => `一部は Holdall でも確認できます: ${how}`,
  unseen: '該当するものがあるかどうかは、Holdall では確認できません。',
}

import type { readme as english } from '../en/readme.ts'
import { formats } from '../formats.ts'

const { number: n, date } = formats.ja

const files = (count: number) => `${n(count)} ファイル`
const size = (bytes: number, short: string) => (bytes < 1000 ? `${n(bytes)} バイト` : `${short}（${n(bytes)} バイト）`)
/** 日本語には単数と複数の区別がない。 */
const kind = (name: string, opens: string) => ({ one: name, many: name, opens })

export const readme: typeof english = {
  own: '日本語',
  title: 'このアーカイブについて',
  lead: (software, iso, held) =>
    `このフォルダーには、オンラインのアカウントから <em>${software}</em> というプログラムでコピーした、個人のファイルやデータが入っています。このページは${date(iso)}に書かれました。その時点で、全部で ${held} がありました。`,
  held: (count, bytes, short) => `${files(count)}、${size(bytes, short)}`,
  free: '開くのに、このプログラムもアカウントもインターネットも必要ありません',
  ordinary: '。すべて通常のフォルダーにある通常のファイルです。まず <a href="data/"><code>data</code></a> をご覧ください。',
  where: 'どこに何があるか',
  source: (count, bytes, short, kinds) =>
    `${files(count)}、${size(bytes, short)}${kinds.length === 0 ? '' : `: ${kinds.join('、')}`}。`,
  more: '項目ごとの情報:',
  beside: 'そのほかのもの',
  metadata:
    'ファイル自体からは分からない情報です。元の場所、元の名前、日時、所有者、共有先、保存できなかったものについてはその理由が書かれています。取得元ごとに 1 つのファイルがあり、1 行が 1 件です（JSON 形式）。テキストエディターで開けます。名前が <code>.places.jsonl</code> で終わるファイルは、整理のためにここで加えたフォルダーと、ほかのファイルから作ったファイルについてのもので、<code>account.json</code> には誰のデータであるかが書かれています。',
  report:
    '何を保存し、何をどのような理由で保存できなかったかのレポートです（ある場合）。前者は人が読むため、後者はプログラムのためのものです。',
  manifests: '破損を見つけるための、すべてのファイルのチェックサムです。使い方は下に示します。',
  bag: 'このフォルダーが、図書館や文書館で使われる <em lang="en">BagIt</em> 1.0（RFC 8493）という形式であることを示しています。',
  notes: 'プログラムが続きから再開するための記録です。アーカイブを読むためには必要なく、BagIt の対象にも含まれません。',
  names:
    'どのパソコンでも扱えるように、元と少し異なる名前になっているものがあります。<code>&lt; &gt; : " / \\ | ? * %</code> は全角の <code>＜ ＞ ： ＂ ／ ＼ ｜ ？ ＊ ％</code> に変え、非常に長い名前は短くしています。同じ名前のものが複数ある場合は、1 つを除いて、かっこ書きの英数字を付けています。元の名前は <code>metadata</code> にあります。ファイルの日時は、元の日時です。',
  open: '開き方',
  check: '検証のしかた',
  checkLead:
    '<code>manifest-sha256.txt</code> の各行には、<code>data</code> の中のファイルと、その SHA-256 チェックサムが書かれています。<code>data</code> の外のファイルについては <code>tagmanifest-sha256.txt</code> に書かれています。チェックサムは、ファイルの内容全体から計算した数です。同じであれば、ファイルの内容も同じです。このフォルダーでターミナルを開き、次のコマンドを実行すると、すべてのファイルが照合されます。',
  systems: { linux: 'Linux', mac: 'macOS', windows: 'Windows（PowerShell）' },
  checkAfter:
    '破損しているものや足りないものがあれば、その名前が表示されます。何も表示されないか <em lang="en">all is well</em> と表示されれば、すべてが保存したときのままです。BagIt に対応した検証ツールでも確認でき、追加されたファイルも見つけられます。',
  keep: '保管のしかた',
  keepLead:
    '<code>data</code> だけでなく、フォルダー全体をコピーしてください。チェックサムがないと、コピーがそろっているかを確かめられません。2 つのディスクに 2 つのコピーを作り、別々の場所に置いて、年に一度検証することをおすすめします。',
  count: (many, { one }) => `${one} ${n(many)} 件`,
  kinds: {
    documents: kind('文書', 'LibreOffice Writer、Microsoft Word、Apple Pages など。'),
    sheets: kind(
      '表計算',
      'LibreOffice Calc、Microsoft Excel、Apple Numbers など。csv と tsv はテキストエディターでも開けます。',
    ),
    slides: kind('スライド', 'LibreOffice Impress、Microsoft PowerPoint、Apple Keynote など。'),
    pdf: kind('PDF', 'ウェブブラウザーで開けます。'),
    pictures: kind(
      '画像',
      '画像ビューアーやウェブブラウザーで開けます。heic は Apple 製品で、それ以外では VLC や GIMP で開けます。',
    ),
    video: kind(
      '動画',
      'VLC（videolan.org）やウェブブラウザーで開けます。同じ名前の vtt ファイルには、話された言葉が入っています。',
    ),
    sound: kind('音声', 'VLC やウェブブラウザーで開けます。'),
    mail: kind(
      'メール',
      '1 つのファイルが 1 通のメールで、受信したときのまま、添付ファイルも含まれています。Thunderbird、Outlook、Apple の「メール」で、ダブルクリックするかメールフォルダーにドラッグして開けます。テキストエディターでも読めます。',
    ),
    contacts: kind('連絡先', 'アドレス帳の「読み込み」（インポート）で取り込めます。テキストエディターでも読めます。'),
    calendars: kind(
      'カレンダーと ToDo',
      'カレンダーの「読み込み」（インポート）で取り込めます。テキストエディターでも読めます。',
    ),
    pages: kind('ウェブページとリンク', 'ウェブブラウザーで開けます。ページの画像は、その隣にあります。'),
    text: kind(
      'テキスト',
      'テキストエディターやウェブブラウザーで開けます。このプログラムが書いたものの文字コードは UTF-8 です。',
    ),
    data: kind(
      'データ',
      'サービスにあった情報を、プログラム向けの形式（JSON、XML）で保存したものです。テキストエディターやウェブブラウザーで読めます。',
    ),
    packed: kind('圧縮ファイル', 'ダブルクリックするか、7-Zip（7-zip.org）で開けます。'),
    other: kind(
      'その他のファイル',
      '作成したプログラム、または拡張子に対応するプログラムで開けます。拡張子で検索すると見つかります。',
    ),
  },
}

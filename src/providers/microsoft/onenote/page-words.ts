import type { UnexportableReason } from '../../../core/item.ts'
import { type Language, languages } from '../../../core/language.ts'

/**
 * What the program writes into pages besides what OneNote gave. A saved page is read for years, by whoever, and is not made anew when the person chooses another
 * language: so each sentence stands there in every language, marked as such (`lang`).
 */
const english = {
  deletedPage: 'From the notebook’s recycle bin: it was deleted in OneNote.',
  conflictPage:
    'Perhaps not a page of its own: it follows a page of the same title, indented, as OneNote keeps changes that it could not merge.',
  notPart: 'not part of the page',
  attachment: 'attachment',
  ink: 'ink',
  deleted: 'deleted in OneNote',
  conflict: 'perhaps conflicting changes to the page above',
  gone: 'no longer in OneNote',
  notSaved: 'not saved yet',
  unknownTarget: 'The page that the link leads to is not in this archive: it is gone, or lies in a notebook of somebody else.',
  notHere:
    'Not here, because OneNote gives it to no program: earlier versions of pages, what lies in a notebook’s recycle bin (where OneNote did not list it, as OneNote_RecycleBin), and sections protected by a password. For a copy that OneNote can open, export the notebook there by hand.',
  because: {
    'password-protected': 'protected by a password',
    'too-large': 'too large',
    'download-forbidden': 'OneNote does not allow it',
    'no-export': 'OneNote gives it to no program',
  } satisfies Partial<Record<UnexportableReason, string>>,
}

const japanese: typeof english = {
  deletedPage: 'ノートブックのごみ箱にあったページです。OneNote で削除されています。',
  conflictPage:
    '独立したページではない可能性があります。同じタイトルのページのすぐ下に字下げされており、OneNote が統合できなかった変更をこの形で残すことがあります。',
  notPart: 'ページには含まれていません',
  attachment: '添付ファイル',
  ink: '手書き',
  deleted: 'OneNote で削除済み',
  conflict: '上のページへの変更が競合した可能性があります',
  gone: 'OneNote にはもうありません',
  notSaved: '未保存',
  unknownTarget: 'リンク先のページは、このアーカイブにありません。削除されたか、ほかの人のノートブックにあります。',
  notHere:
    '次のものは、OneNote がどのプログラムにも渡さないため、ここにはありません：ページの以前のバージョン、ノートブックのごみ箱にあるもの（OneNote が OneNote_RecycleBin として一覧に出した場合を除く）、パスワードで保護されたセクション。OneNote で開けるコピーが必要なときは、OneNote からノートブックを手動でエクスポートしてください。',
  because: {
    'password-protected': 'パスワードで保護されています',
    'too-large': '大きすぎます',
    'download-forbidden': 'OneNote が許可していません',
    'no-export': 'OneNote がどのプログラムにも渡しません',
  },
}

export type PageWords = typeof english

const words: Readonly<Record<Language, PageWords>> = { en: english, ja: japanese }

/** The sentence in every language, one after another, as HTML. The words hold no markup. */
export const inEach = (say: (words: PageWords) => string, between = ' / '): string =>
  languages.map((language) => `<span lang="${language}">${say(words[language])}</span>`).join(between)

/** The same without markup. */
export const plainInEach = (say: (words: PageWords) => string): string =>
  languages.map((language) => say(words[language])).join(' / ')

/** Why something has no bytes; undefined for a reason that OneNote's things do not have. */
export const becauseOf = (reason: string): ((words: PageWords) => string) | undefined =>
  Object.hasOwn(english.because, reason) ? ({ because }) => because[reason as keyof PageWords['because']] : undefined

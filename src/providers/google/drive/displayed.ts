import type { Localised } from '../../../core/language.ts'
import type { DisplayedTotal } from '../../../core/source.ts'

/**
 * What Drive shows as used, and what it is known to count otherwise: https://developers.google.com/workspace/drive/api/reference/rest/v3/about (the trash is
 * counted), https://developers.google.com/workspace/drive/api/reference/rest/v3/files (`quotaBytesUsed`: earlier versions that are kept for ever),
 * https://support.google.com/drive/answer/9312312 (whose files count), https://developers.google.com/workspace/drive/api/guides/appdata
 */
const because: readonly Localised[] = [
  {
    en: 'Google counts the trash, earlier versions that are kept for ever, and the hidden data of apps.',
    ja: 'Google の表示には、ゴミ箱の中のもの、無期限に保存されている以前の版、アプリの非表示データが含まれます。',
  },
  {
    en: 'Files that belong to others or to a shared drive are saved here and not counted there.',
    ja: 'ほかの人や共有ドライブが所有するファイルは、こちらには保存されますが、Google の表示には含まれません。',
  },
  {
    en: 'Google’s own documents are counted as Google stores them, and saved as exported files of another size.',
    ja: 'Google ドキュメントなどは、Google では内部の形式のサイズで数えられ、こちらには書き出したファイル（サイズは異なります）として保存されます。',
  },
]

/** Bytes; undefined: not stated. */
export function displayedByDrive({
  used,
  trash,
}: {
  readonly used: number | undefined
  readonly trash: number | undefined
}): DisplayedTotal[] {
  return [
    ...(used === undefined
      ? []
      : [
          {
            what: { en: 'Storage used in Drive', ja: 'ドライブの使用容量' },
            count: used,
            unit: 'bytes',
            beside: 'bytes',
            because,
          } as const,
        ]),
    ...(trash === undefined
      ? []
      : [{ what: { en: 'of it in the trash', ja: 'うちゴミ箱' }, count: trash, unit: 'bytes', because: [] } as const]),
  ]
}

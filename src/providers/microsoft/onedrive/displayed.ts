import type { Localised } from '../../../core/language.ts'
import type { DisplayedTotal } from '../../../core/source.ts'

/** https://learn.microsoft.com/graph/api/resources/quota */
const ofPersonal: Localised = {
  en: 'On a personal OneDrive the number is that of all Microsoft services together, such as Outlook.',
  ja: '個人用 OneDrive の表示は、Outlook など、すべての Microsoft サービスを合わせた使用量です。',
}
/** Versions: https://learn.microsoft.com/sharepoint/plan-version-storage */
const because: readonly Localised[] = [
  {
    en: 'Microsoft counts earlier versions of files, which are not saved here.',
    ja: 'Microsoft の表示には、ファイルの以前のバージョンが含まれます。こちらには保存されません。',
  },
  {
    en: 'What others shared with you is counted at theirs, not at yours.',
    ja: 'ほかの人から共有されたものは、その人の使用量に含まれます。',
  },
  {
    en: 'Files deleted there since they were saved are kept here.',
    ja: '保存した後に OneDrive で削除されたファイルも、こちらには残ります。',
  },
]

/** Bytes; undefined: not stated. `type` is the drive's kind. */
export function displayedByOneDrive(
  { used, deleted }: { readonly used: number | undefined; readonly deleted: number | undefined },
  type: string | undefined,
): DisplayedTotal[] {
  const reasons = type === 'personal' ? [ofPersonal, ...because] : because
  return [
    ...(used === undefined
      ? []
      : [
          {
            what: { en: 'Storage used', ja: '使用容量' },
            count: used,
            unit: 'bytes',
            beside: 'bytes',
            because: reasons,
          } as const,
        ]),
    ...(deleted === undefined
      ? []
      : [{ what: { en: 'in the recycle bin', ja: 'ごみ箱' }, count: deleted, unit: 'bytes', because: [] } as const]),
  ]
}

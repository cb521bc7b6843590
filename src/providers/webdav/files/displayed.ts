import type { DisplayedTotal } from '../../../core/source.ts'
import { quotaBody, readMultistatus } from './multistatus.ts'
import { propfind, type Server } from './propfind.ts'

/**
 * Bytes that a server counts against the quota of a folder, where it says so: https://www.rfc-editor.org/rfc/rfc4331#section-4. They may count only a part of what
 * is used, and what others store in the same quota. Negative numbers are Nextcloud's way of saying that it does not know.
 */
export async function displayedByServer(server: Server, path: string): Promise<DisplayedTotal[]> {
  const { body } = await propfind(server, path, '0', path, quotaBody)
  let used: number | undefined
  for await (const batch of readMultistatus(body, path))
    for (const { properties } of batch) {
      const text = properties['quota-used-bytes']
      if (text !== undefined && /^\d{1,15}$/.test(text)) used ??= Number(text)
    }
  if (used === undefined) return []
  return [
    {
      what: { en: 'Storage used', ja: '使用容量' },
      count: used,
      unit: 'bytes',
      beside: 'bytes',
      because: [
        {
          en: 'A server may count its trash and earlier versions of files, which are not saved here.',
          ja: 'サーバーの表示には、ごみ箱やファイルの以前のバージョンが含まれることがあります。こちらには保存されません。',
        },
        {
          en: 'It may also count what lies in other folders, or what others store in the same quota, and leave out storages of other servers.',
          ja: 'ほかのフォルダーのものや、同じ容量枠をほかの人が使っている分が含まれることも、外部のストレージが含まれないこともあります。',
        },
        {
          en: 'Files deleted there since they were saved are kept here.',
          ja: '保存した後にサーバーで削除されたファイルも、こちらには残ります。',
        },
      ],
    },
  ]
}

import { z } from 'zod'
import type { Dependence, Dependents } from '../../../core/dependents.ts'

const permission = z.object({
  type: z.string(),
  role: z.string(),
  emailAddress: z.string().optional(),
  deleted: z.boolean().optional(),
})
const shared = z.object({
  ownedByMe: z.literal(true),
  trashed: z.literal(true).optional(),
  shared: z.boolean().optional(),
  sharing: z.array(permission).default([]),
})

/** Roles that may change a file: https://developers.google.com/workspace/drive/api/guides/ref-roles */
const writers = new Set(['writer', 'fileOrganizer', 'organizer'])

/** Files of My Drive that others use. What lies in a shared drive belongs to the organisation and stays. */
export const driveDependents: Dependents = {
  of(details, own) {
    // Most files are shared with nobody; this is asked of each of them.
    if (details.ownedByMe !== true || details.trashed === true) return undefined
    const parsed = shared.safeParse(details)
    if (!parsed.success) return undefined
    const { sharing } = parsed.data
    const living = sharing.filter(({ role, deleted }) => role !== 'owner' && deleted !== true)
    const people = living.flatMap(({ type, role, emailAddress }): Dependence['people'] => {
      if ((type !== 'user' && type !== 'group') || emailAddress === undefined) return []
      if (emailAddress.toLowerCase() === own?.toLowerCase()) return []
      return [
        { address: emailAddress, may: writers.has(role) ? 'write' : 'read', ...(type === 'group' && { group: true as const }) },
      ]
    })
    const open = living.some(({ type }) => type === 'anyone')
      ? 'anyone'
      : living.some(({ type }) => type === 'domain')
        ? 'organisation'
        : undefined
    const unnamed = people.length === 0 && open === undefined && parsed.data.shared === true
    if (people.length === 0 && open === undefined && !unnamed) return undefined
    return { people, ...(open !== undefined && { open }), ...(unnamed && { unnamed: true as const }) }
  },
  proposals: {
    transfer: {
      text: {
        en: 'make somebody of the organisation who works on them the owner (holdall leave --propose FILE writes a plan), or move them to a shared drive',
        ja: '組織内で一緒に編集している人をオーナーにする（holdall leave --propose FILE で計画を作成）か、共有ドライブに移動してください',
      },
      page: 'https://support.google.com/drive/answer/2494892',
    },
    download: {
      text: {
        en: 'ask those who use them to take a copy (File > Make a copy, or download), or give them one out of the archive',
        ja: '利用している人に、コピーの作成やダウンロードを頼むか、アーカイブから渡してください',
      },
      page: 'https://support.google.com/drive/answer/2494822',
    },
    keep: {
      text: {
        en: 'nobody in particular is named: the archive’s copy is enough, unless their link stands on a page or in a paper; then put them elsewhere and change the link',
        ja: '特定の相手はいません。アーカイブの控えで足りますが、リンクをホームページや資料に載せている場合は、別の場所に置いてリンクを直してください',
      },
      page: 'https://support.google.com/drive/answer/2494822',
    },
  },
}

import { z } from 'zod'
import type { Dependents } from '../../../core/dependents.ts'

/** https://learn.microsoft.com/graph/api/resources/shared */
const shared = z.object({ scope: z.string().optional() })

/**
 * Files of the person's own drive that others use. A listing says that something is shared, and how widely, but not with whom: that takes a question for each
 * item (https://learn.microsoft.com/graph/api/driveitem-list-permissions).
 */
export const oneDriveDependents: Dependents = {
  of(details) {
    // What others share lies in a drive of theirs.
    if (details.shared === undefined || details.driveId !== undefined) return undefined
    const parsed = shared.safeParse(details.shared)
    if (!parsed.success) return undefined
    const { scope } = parsed.data
    if (scope === 'anonymous') return { people: [], open: 'anyone' }
    if (scope === 'organization') return { people: [], open: 'organisation' }
    return { people: [], unnamed: true }
  },
  proposals: {
    transfer: {
      text: {
        en: 'move or copy them to a team site (SharePoint or Teams), where the organisation owns them, and tell those who use them',
        ja: '組織が所有するチームサイト（SharePoint や Teams）に移動またはコピーし、利用している人に知らせてください',
      },
      page: 'https://support.microsoft.com/office/move-or-copy-files-in-sharepoint-00e2f483-4df3-46be-a861-1f5f0c1a87bc',
    },
    download: {
      text: {
        en: 'look on its page (Manage access) who uses it; let them take a copy, or move it to a team site',
        ja: '画面の「アクセス許可の管理」で利用している人を確認し、コピーを取ってもらうか、チームサイトに移動してください',
      },
      page: 'https://support.microsoft.com/office/stop-sharing-onedrive-or-sharepoint-files-or-folders-or-change-permissions-0a36470f-d7fe-40a0-bd74-0ac6c1e13323',
    },
    keep: {
      text: {
        en: 'nobody in particular is named: the archive’s copy is enough, unless their link stands on a page or in a paper; then put them elsewhere and change the link',
        ja: '特定の相手はいません。アーカイブの控えで足りますが、リンクをホームページや資料に載せている場合は、別の場所に置いてリンクを直してください',
      },
      page: 'https://support.microsoft.com/office/stop-sharing-onedrive-or-sharepoint-files-or-folders-or-change-permissions-0a36470f-d7fe-40a0-bd74-0ac6c1e13323',
    },
  },
}

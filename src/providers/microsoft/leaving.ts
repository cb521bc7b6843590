import type { Dependence } from '../../core/dependents.ts'
import { Failure } from '../../core/failure.ts'
import type { Localised } from '../../core/language.ts'
import type { LeaveLine, LeavingRequest, ListedItem, Remembered } from '../../core/leaving.ts'
import { createOneDriveApi } from './onedrive/api.ts'
import { permissionsOf, type Sharing, sharingIn } from './onedrive/permissions.ts'
import { oneDriveDependents } from './onedrive/sharing.ts'
import { microsoftSignIn } from './sign-in.ts'

/** Things of which the service is asked who uses them: five resource units each, so that at our pace it takes less than a minute. */
export const mostAsked = 100
const peopleNamed = 8

/**
 * With whom things of the own OneDrive are shared, which listings do not say: asked of each that the last backup found shared, once for what lies below another
 * such folder. Without a sign-in, or without the right to read files, nobody is named, and what the archive knows says so.
 */
export async function* leaving({
  connection,
  granted,
  sources,
  remembered,
  standing,
  signal,
}: LeavingRequest): AsyncIterable<LeaveLine> {
  const mayRead = microsoftSignIn.sameRights!('Files.Read').some((right) => granted.includes(right))
  if (connection === undefined || !mayRead || !sources.includes('onedrive') || remembered.listed('onedrive') === undefined) return
  const shared = uppermost(remembered)
  if (shared.length === 0) return
  const own = await createOneDriveApi(connection).ownDrive(signal)
  let hidden = 0
  for (const item of shared.slice(0, mostAsked)) {
    const { itemId } = item.details
    try {
      const target = { drive: own.id, id: typeof itemId === 'string' ? itemId : item.id }
      const sharing = sharingIn(await permissionsOf(connection, target, signal), (address) => standing(address) === 'own')
      // Shared no longer since the last backup.
      if (sharing.people.length > 0 || sharing.open !== undefined) yield lineOf(item, sharing, standing)
    } catch (error) {
      // Of this one alone: it was deleted meanwhile, or does not say it.
      if (!(error instanceof Failure) || error.stops !== 'item' || !['gone', 'forbidden'].includes(error.kind)) throw error
      hidden++
    }
  }
  const left = Math.max(0, shared.length - mostAsked) + hidden
  if (left > 0) yield notAsked(left)
}

/** What is shared, without what lies below something shared, whose people are the same at least. */
function uppermost(remembered: Remembered): readonly ListedItem[] {
  const isShared = ({ details }: ListedItem) => oneDriveDependents.of(details, undefined) !== undefined
  /** By folder: whether it, or one above it, is shared. */
  const known = new Map<string, boolean>()
  const isBelow = ({ parent }: ListedItem): boolean => {
    if (parent === undefined) return false
    const answer = known.get(parent)
    if (answer !== undefined) return answer
    known.set(parent, false) // folders that lie in one another, as a listing that was cut off may leave them, come to an end
    const folder = remembered.item('onedrive', parent)
    const shared = folder !== undefined && (isShared(folder) || isBelow(folder))
    known.set(parent, shared)
    return shared
  }
  const found: ListedItem[] = []
  for (const item of remembered.items('onedrive')) if (isShared(item) && !isBelow(item)) found.push(item)
  return found
}

function lineOf({ name, id, details }: ListedItem, { people, open }: Sharing, standing: LeavingRequest['standing']): LeaveLine {
  const writers = people.filter(
    ({ address, may, group }) => may === 'write' && group !== true && standing(address) === 'organisation',
  )
  const proposal =
    writers.length > 0 || (people.length === 0 && open === 'organisation') ? 'transfer' : people.length > 0 ? 'download' : 'keep'
  const { webUrl } = details
  const called = name ?? id
  return {
    section: 'shared-files',
    about: 'shared-with',
    state: proposal === 'transfer' ? 'to-do' : 'look',
    what: { en: `OneDrive: ${called}`, ja: `OneDrive：${called}` },
    why: whoUses(people, open),
    next: [oneDriveDependents.proposals[proposal], ...(typeof webUrl === 'string' ? [{ page: webUrl }] : [])],
    facts: {
      name: called,
      people: people.map(({ address }) => address),
      writers: writers.map(({ address }) => address),
      open: open ?? null,
      proposal,
    },
  }
}

function whoUses(people: Dependence['people'], open: Dependence['open']): Localised {
  const ranked = people.toSorted((a, b) => Number(b.may === 'write') - Number(a.may === 'write'))
  const more = people.length - peopleNamed
  const named = (writes: string) =>
    ranked.slice(0, peopleNamed).map(({ address, may }) => (may === 'write' ? `${address}${writes}` : address))
  const en = [
    ...named(' (may change it)'),
    ...(more > 0 ? [`${more} more`] : []),
    ...(open === 'anyone'
      ? ['everyone who has its link']
      : open === 'organisation'
        ? ['everyone of the organisation who has its link']
        : []),
  ]
  const ja = [
    ...named('（編集可）'),
    ...(more > 0 ? [`ほか ${more} 人`] : []),
    ...(open === 'anyone' ? ['リンクを知っているすべての人'] : open === 'organisation' ? ['リンクを知っている組織内の全員'] : []),
  ]
  return {
    en: `It goes with your account. It is shared with ${en.join(', ')}.`,
    ja: `アカウントとともになくなります。共有相手：${ja.join('、')}。`,
  }
}

const notAsked = (left: number): LeaveLine => ({
  section: 'shared-files',
  about: 'shared-with',
  state: 'look',
  what: { en: 'OneDrive: other shared things', ja: 'OneDrive：そのほかの共有項目' },
  why: {
    en: `With whom ${left === 1 ? 'one more is' : `${left} more are`} shared was not asked, or could not be seen.`,
    ja: `ほかに ${left} 件が共有されていますが、共有相手は確認していないか、確認できませんでした。`,
  },
  next: [
    {
      text: {
        en: 'look yourself: My files, the thing’s menu, Manage access',
        ja: 'ご自分で確認する場合は、「自分のファイル」で項目のメニューの「アクセス許可の管理」をご覧ください',
      },
      page: 'https://support.microsoft.com/office/stop-sharing-onedrive-or-sharepoint-files-or-folders-or-change-permissions-0a36470f-d7fe-40a0-bd74-0ac6c1e13323',
    },
  ],
  facts: { left },
})

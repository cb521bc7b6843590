import type { Json } from '../../serving/reply.ts'
import type { OneDriveModel } from '../drive/one-drive-model.ts'
import { identityOf } from './item-resource.ts'

/** A drive as Graph shows it: https://learn.microsoft.com/graph/api/resources/drive */
export function driveResource(
  { driveId, kind, account }: OneDriveModel,
  select: readonly string[] | undefined,
): { readonly [key: string]: Json } {
  const terabyte = 1024 ** 4
  const all: Record<string, Json> = {
    createdDateTime: '2021-09-01T08:00:00Z',
    description: '',
    id: driveId,
    lastModifiedDateTime: '2025-11-20T09:30:00Z',
    name: 'OneDrive',
    webUrl:
      kind === 'business'
        ? 'https://contoso-my.sharepoint.com/personal/practice/Documents'
        : `https://onedrive.live.com/?cid=${driveId}`,
    driveType: kind,
    createdBy: { user: { displayName: 'System Account' } },
    owner: identityOf(account),
    quota: { deleted: 4096, remaining: terabyte - 1_000_000, state: 'normal', total: terabyte, used: 1_000_000 },
  }
  return Object.fromEntries(Object.entries(all).filter(([name]) => select === undefined || select.includes(name)))
}

import type { Exchange } from '../../serving/reply.ts'
import type { MicrosoftAccount } from '../account.ts'
import type { OneDriveModel } from '../drive/one-drive-model.ts'
import type { EntraGrants } from '../entra/grants.ts'
import type { DownloadLinks } from './download-links.ts'
import type { OdataQuery } from './odata-query.ts'
import type { Throttle } from './throttle.ts'

/** How listings look; may be changed at any time. */
export interface DriveSettings {
  /** Entries of a page, when the request names no number. */
  pageSize: number
  /** Pages hold at most so many, whatever was asked for. */
  pageLimit: number
  /** Every so many pages of a delta hold nothing but their link; 0: none. */
  emptyPageEvery: number
  /** `same`: the last entry of a page comes again on the next one; `stale`: and was there as it had been before. */
  duplicates: 'none' | 'same' | 'stale'
  /** Whether folders come before what is in them. */
  parents: 'first' | 'last'
  /** Whether shortcuts to others' folders stand in a delta; in those of migrated personal drives they do not. https://github.com/OneDrive/onedrive-api-docs/issues/1890 */
  shortcutsInDelta: boolean
  /**
   * Whether listings of business drives leave shortcuts out unless `Prefer: Include-Feature=AddToOneDrive` asks for them. Not documented: as seen,
   * https://github.com/OneDrive/onedrive-api-docs/issues/1427
   */
  shortcutsWantAsking: boolean
  /** Letter case and leading zeros of drive ids in `parentReference`, as personal drives mix them. https://github.com/OneDrive/onedrive-api-docs/issues/1890 */
  sloppyDriveIds: boolean
  /** Whether business drives have a delta of folders too; two sources disagree. */
  businessFolderDelta: boolean
  /** A root that next and delta links point to instead of Graph's own, with a slash at the end. */
  linksTo: string | undefined
  /** How a dead download address is refused. */
  deadLinkStatus: 401 | 403 | 404
  /** Seconds that a download address lives. */
  linkSeconds: number
  /** Storage hosts answer as if there were no Range. */
  ignoreRanges: boolean
  /** Storage hosts let a bearer pass, still a violation: for measuring clients that send one. */
  tolerateBearer: boolean
  /**
   * Whether traffic without decoration is a violation, at Graph's drives and the storage:
   * https://learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked-in-sharepoint-online#how-to-decorate-your-http-traffic
   */
  wantsDecoration: boolean
  /**
   * Storage hosts answer packed (gzip), though nobody asked for it, with a length: `packed` is that of the packed form; `file` that of the file, so that
   * the answer ends before it.
   */
  packed: 'never' | 'packed' | 'file'
}

/** What a dead delta token is answered with. */
export interface Resync {
  readonly code: 'resyncChangesApplyDifferences' | 'resyncChangesUploadDifferences' | 'resyncRequired'
  readonly location: boolean
}

export interface GraphService {
  readonly grants: EntraGrants
  /** The caller's own drive. */
  readonly model: OneDriveModel
  /** All drives that there are. */
  drives(): readonly OneDriveModel[]
  readonly now: () => number
  readonly settings: DriveSettings
  readonly links: DownloadLinks
  readonly throttle: Throttle
  /** The hosts' roots, with a slash at the end; known once they listen. */
  readonly roots: { graph: string; business: string; personal: string }
  /** Delta tokens of an older generation are dead. */
  deltaGeneration: number
  /** This server's run: tokens of another one are dead too. */
  readonly epoch: string
  resync: Resync
}

/** Who calls. */
export interface GraphCaller {
  readonly account: MicrosoftAccount
  /** Plain names. */
  readonly scopes: readonly string[]
}

/** Another API of Graph's, which answers for some of its paths. */
export interface GraphMount {
  owns(pathname: string): boolean
  handle(exchange: Exchange): Promise<void>
}

/** An authorised call of something in a drive. */
export interface DriveCall {
  readonly service: GraphService
  readonly exchange: Exchange
  readonly drive: OneDriveModel
  /** The address of the drive below Graph's root: `v1.0/me/drive` or `v1.0/drives/ID`. */
  readonly base: string
  readonly query: OdataQuery
}

/** A violation where `DriveSettings.wantsDecoration`: `ISV|Company|App/Version`, or NONISV. */
export function seeDecoration({ settings }: Pick<GraphService, 'settings'>, exchange: Exchange): void {
  const agent = exchange.headers['user-agent'] ?? ''
  if (settings.wantsDecoration && !/^(NON)?ISV\|[^|]+\|[^|/]+\/[\d.]+$/.test(agent))
    exchange.violation('traffic that is not decorated')
}

/** See `DriveSettings.shortcutsWantAsking`. */
export const hidesShortcuts = ({ service, drive, exchange }: Pick<DriveCall, 'service' | 'drive' | 'exchange'>): boolean =>
  service.settings.shortcutsWantAsking &&
  drive.kind === 'business' &&
  !/(^|[,\s])include-feature=[^,]*\baddtoonedrive\b/i.test(String(exchange.headers.prefer ?? ''))

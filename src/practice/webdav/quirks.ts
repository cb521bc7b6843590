/** Ways in which real servers differ from the standard's plainest reading. All are off at first, and may be switched at any time. */
export type WebdavQuirks = {
  /**
   * How `href` is written (RFC 4918, 8.3 allows URLs and paths). `path` escapes what Apache escapes; `over-encoded` escapes
   * everything but letters and digits; `wrong-host` names a host that cannot be reached, as servers behind a proxy do.
   */
  hrefs: 'path' | 'absolute-url' | 'lower-case-escapes' | 'over-encoded' | 'wrong-host'
  /** The listed folder itself comes last instead of first. */
  collectionLast: boolean
  /** The propstat with the properties that do not exist comes before the one with those that do. */
  notFoundPropstatFirst: boolean
  /** `<status>` without reason phrase (RFC 9112, 4 lets it be empty). */
  bareStatus: boolean
  /** The prefix that stands for `DAV:`; empty for the default namespace. */
  prefix: 'D' | 'd' | 'lp1' | ''
  /**
   * Nextcloud, ownCloud: a folder's etag changes when anything below changes; `oc:fileid`, `oc:id`, `oc:size`, `oc:checksums`,
   * `oc:permissions` exist; etags look like an MD5 and are none.
   * https://docs.nextcloud.com/server/latest/developer_manual/client_apis/WebDAV/basic.html
   */
  folderEtags: boolean
  /** No `getcontentlength`, and downloads are chunked without a length. */
  noContentLength: boolean
  weakEtags: boolean
  noEtags: boolean
  /** A range gets 200 and everything (RFC 9110, 14.2: a server may ignore Range). */
  ignoreRange: boolean
  /** Compresses downloads for clients that accept gzip, as proxies do: no length, no ranges, another etag. */
  gzip: boolean
  /** This folder contains itself under this name, at every depth. */
  symlinkLoop: { readonly folder: string; readonly name: string } | undefined
  /** How `getlastmodified` is written; `various` gives each entry another form. The header stays correct. */
  dates: DateForm | 'various'
  /** A log-in page with status 200 in place of the answer, as captive portals give it. */
  htmlInstead: Reach | 'nothing'
  /** 302 to another origin, which gives files to anyone and must not see a password. */
  crossHostRedirect: Reach | 'nothing'
  /** `Depth: infinity`: 403 (RFC 4918, 9.1.1), ownCloud's 412, or a 207 that silently stops after one level. */
  infinity: 'refused' | 'refused-412' | 'one-level'
  /** After so many wrong passwords, 429 for everyone. */
  lockOutAfter: number
  /** Bytes that the server says are used (RFC 4331, 4); undefined: it does not know the property. Never among all properties (3). */
  quotaUsed: number | undefined
}

export type Reach = 'listings' | 'downloads' | 'everything'
export const dateForms = ['rfc1123', 'offset', 'one-digit-day', 'iso8601', 'unix', 'local-zone', 'missing'] as const
export type DateForm = (typeof dateForms)[number]

export function noQuirks(): WebdavQuirks {
  return {
    hrefs: 'path',
    collectionLast: false,
    notFoundPropstatFirst: false,
    bareStatus: false,
    prefix: 'D',
    folderEtags: false,
    noContentLength: false,
    weakEtags: false,
    noEtags: false,
    ignoreRange: false,
    gzip: false,
    symlinkLoop: undefined,
    dates: 'rfc1123',
    htmlInstead: 'nothing',
    crossHostRedirect: 'nothing',
    infinity: 'refused',
    lockOutAfter: Number.POSITIVE_INFINITY,
    quotaUsed: undefined,
  }
}

export function reaches(reach: Reach | 'nothing', method: string): boolean {
  if (reach === 'everything') return true
  return reach === 'listings' ? method === 'PROPFIND' : reach === 'downloads' && (method === 'GET' || method === 'HEAD')
}

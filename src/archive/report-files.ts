/** The pages of `holdall report`, relative to the archive: files of the bag beside its payload. */
export const reportPage = 'report.html'
export const reportData = 'report.json'
export const reportFiles: readonly string[] = [reportPage, reportData]

import { files } from '../../../src/providers/webdav/files/source.ts'
import { sourceContract } from '../../contracts/source.ts'
import { practiceFaults, practiceHarness } from './practice-harness.ts'

const subject = { features: files.features, faults: practiceFaults }

sourceContract('webdav on the practice server, Basic', { ...subject, start: () => practiceHarness('basic') })
sourceContract('webdav on the practice server, Digest', { ...subject, start: () => practiceHarness('digest') })
sourceContract('webdav on a practice server like Nextcloud', {
  ...subject,
  start: () => practiceHarness('basic', { folderEtags: true, hrefs: 'absolute-url', prefix: 'd', notFoundPropstatFirst: true }),
})
sourceContract('webdav on a practice server that writes everything differently', {
  ...subject,
  start: () =>
    practiceHarness('basic', { hrefs: 'over-encoded', collectionLast: true, bareStatus: true, prefix: '', dates: 'various' }),
})
sourceContract('webdav on a practice server behind a proxy', {
  ...subject,
  start: () => practiceHarness('basic', { hrefs: 'wrong-host', weakEtags: true, gzip: true }),
})
sourceContract('webdav on a practice server that says little', {
  ...subject,
  features: { ...files.features, sizes: false },
  start: () => practiceHarness('basic', { hrefs: 'lower-case-escapes', noEtags: true, noContentLength: true }),
})

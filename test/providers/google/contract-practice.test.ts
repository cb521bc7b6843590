import { drive } from '../../../src/providers/google/drive/source.ts'
import { sourceContract } from '../../contracts/source.ts'
import { practiceFaults, practiceHarness } from './practice-harness.ts'

const subject = { features: drive.features, faults: practiceFaults }

sourceContract('My Drive at the practice Google', { ...subject, below: ['My Drive'], start: () => practiceHarness() })
sourceContract('a shared drive at the practice Google', {
  ...subject,
  below: ['Shared drives', 'Lab'],
  start: () => practiceHarness({ root: ({ model }) => model.addSharedDrive('Lab', { [model.me.email]: 'reader' }).id }),
})
sourceContract('My Drive at a practice Google that sends empty pages and redirects', {
  ...subject,
  below: ['My Drive'],
  faults: practiceFaults.filter((kind) => !['cut', 'stall', 'garble', 'no-range'].includes(kind)),
  start: () => practiceHarness({ settings: { emptyPageEvery: 2, redirectMedia: 'always' } }),
})

import { recordings } from '../../../src/providers/zoom/recordings/source.ts'
import { sourceContract } from '../../contracts/source.ts'
import { practiceFaults, practiceHarness } from './practice-harness.ts'

sourceContract('zoom/recordings at the practice Zoom', {
  features: recordings.features,
  faults: practiceFaults,
  lacks: ['folders', 'changes'],
  start: practiceHarness,
})

import { gmail } from '../../../../src/providers/google/gmail/source.ts'
import { sourceContract } from '../../../contracts/source.ts'
import { mailFaults, mailHarness } from './mail-harness.ts'

sourceContract('Gmail at the practice Google', {
  features: gmail.features,
  faults: mailFaults,
  lacks: ['folders', 'changes'],
  whole: ['settings'],
  below: ['mail'],
  start: () => mailHarness(),
})

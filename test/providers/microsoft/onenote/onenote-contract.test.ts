import { onenote } from '../../../../src/providers/microsoft/onenote/source.ts'
import { sourceContract } from '../../../contracts/source.ts'
import { noteFaults, notesHarness } from './notes-harness.ts'

sourceContract('OneNote at the practice Graph', {
  features: onenote.features,
  faults: noteFaults,
  below: ['World'],
  start: notesHarness,
})

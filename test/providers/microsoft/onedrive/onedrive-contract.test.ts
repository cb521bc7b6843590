import { createOneDriveModel } from '../../../../src/practice/microsoft/drive/model.ts'
import { onedrive } from '../../../../src/providers/microsoft/onedrive/source.ts'
import { sourceContract } from '../../../contracts/source.ts'
import { practiceFaults, practiceHarness } from './practice-harness.ts'

const { features } = onedrive
// A drive for work states no other checksum, and the suite compares the best one.
const business = { ...features, checksums: ['quickxor'] as const }

sourceContract('a OneDrive for work at the practice Microsoft', {
  features: business,
  faults: practiceFaults,
  start: () => practiceHarness(),
})
sourceContract('a personal OneDrive at the practice Microsoft', {
  features,
  faults: practiceFaults,
  start: () => practiceHarness({ model: createOneDriveModel({ kind: 'personal' }) }),
})

for (const kind of ['business', 'personal'] as const) {
  sourceContract(`a folder of somebody else's ${kind} OneDrive, by a shortcut`, {
    features: { ...(kind === 'business' ? business : features), changeFeed: kind === 'personal' },
    // Folders that are asked for one by one have no cursor that the service could refuse.
    faults: practiceFaults.filter((fault) => kind === 'personal' || fault !== 'bad-cursor'),
    below: ['From Ken'],
    start: () =>
      practiceHarness({
        model: createOneDriveModel({ kind }),
        shared: true,
        root({ model }) {
          const drive = model.addOtherDrive('ken@contoso.example')
          const { id } = drive.addFolder('Our project', { shared: true })
          model.addShortcut('From Ken', { drive, id })
          return { drive, folder: id }
        },
      }),
  })
}

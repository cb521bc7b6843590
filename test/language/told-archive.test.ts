import { expect, test } from 'vitest'
import { tellInJapanese } from '../../src/language/tell.ts'

test.each([
  'the journal of this archive (.holdall/journal.db) is missing',
  'the journal of this archive (.holdall/journal.db) is damaged: file is not a database; it was kept as .holdall/journal.db.damaged-1',
  'the journal was made anew: 2 items; 2 files are there and right, 0 are not; 3 lines of the metadata could not be used',
  'metadata/home/files.jsonl: line 3 cannot be read; it counts for nothing, and the item is listed anew',
  'manifest-sha256.txt is damaged at line 7: files that it does not list are held against the metadata alone',
  'metadata/google/account.json cannot be read: whose data google holds is not known any more',
  'manifest-sha256.txt is not what it was (half written, or changed): it is made anew, out of the journal',
  'manifest-sha256.txt cannot be read: it is made anew, out of the journal',
  'is missing; it is taken again',
  'has 2 bytes instead of 6; it is taken again',
  'is not an ordinary file; it is gone at its source and cannot be taken again',
  'the bag could not be sealed: the disk reported an input/output error: /media/disk/.holdall/sealing/manifest-sha256.txt',
])('%s', (sentence) => {
  const japanese = tellInJapanese(sentence)
  expect(japanese).toMatch(/[\u3041-\u30ff]/)
  expect(japanese).not.toMatch(/[a-z]{3,} [a-z]{2,} [a-z]{2,}(?! a database)/)
})

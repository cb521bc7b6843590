import { fold } from '../archive/names.ts'
import type { Journal } from '../journal/journal.ts'

/** What is wrong with the journal by itself, a sentence each; the whole of it is read. */
export const checkJournal = (journal: Journal): string[] => journal.check(fold)

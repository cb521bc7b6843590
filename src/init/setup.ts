import type { ArchiveFacts } from '../archive/probe.ts'
import type { Language } from '../core/language.ts'
import type { Profile } from '../settings/profile/load-profile.ts'
import type { Settings } from '../settings/settings.ts'

/** What setting up needs of the person's computer. */
export interface Setup {
  /** Names of the profiles that come with the program. */
  profiles(): Promise<readonly string[]>
  /** Reads a profile by its name, file or address; `shown`: it came from an address, and was read and agreed to just now. Throws a Failure. */
  profile(wanted: string): Promise<{ readonly profile: Profile; readonly shown: boolean }>
  /** Looks whether a folder, as typed, can hold the archive, and makes it. Throws a Failure of kind `disk`. */
  place(folder: string): Promise<ArchivePlace>
  /** Reads a text as if it stood in a settings file. Throws a Failure that names every mistake with its line. */
  check(file: string, text: string): Promise<Settings>
  /** What the program says from now on is in this language. */
  speak(language: Language): void
}

/** A folder that can hold the archive. */
export interface ArchivePlace {
  readonly facts: ArchiveFacts
  /** It may be a folder that a cloud's client syncs: why, in English. */
  readonly doubt: string | undefined
}

import type { RecordedFile } from './recorded-file.ts'

/** https://developers.zoom.us/docs/api/clips/#tag/clips/GET/clips, `status`. */
export const clipStates = ['RECORD_START', 'RECORD_FAILED', 'RECORD_END', 'RECORD_SUCCESS', 'RECORD_DELETE', 'SUSPENDED'] as const
export type ClipState = (typeof clipStates)[number]

/** A clip of the person. */
export interface Clip {
  readonly id: string
  title: string
  description: string
  status: ClipState
  /** Milliseconds since 1970. */
  created: number
  modified: number
  /** Its film. */
  readonly file: RecordedFile
  passcode: string | undefined
}

export type ClipOptions = Partial<Omit<Clip, 'id' | 'file'>> & Pick<Partial<RecordedFile>, 'announcedSize'>

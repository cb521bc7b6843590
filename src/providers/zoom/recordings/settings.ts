import { z } from 'zod'
import type { SourceSettings } from '../../../core/source.ts'

export const recordingSettings = z.object({
  from: z
    .union([z.literal('beginning'), z.iso.date('write a date as 2020-04-01')])
    .default('beginning')
    .describe('The first day whose recordings are saved (2020-04-01); "beginning": all there are.'),
  trash: z
    .boolean()
    .default(false)
    .describe('Also save what lies in the trash (Zoom empties it after 30 days), as far as Zoom gives it out there.'),
  participants: z
    .boolean()
    .default(true)
    .describe('Also save who took part, in meeting.json, where the app has the right to read it. One more call a meeting.'),
})
export type RecordingSettings = z.infer<typeof recordingSettings>

export const readSettings = (settings: SourceSettings): RecordingSettings => recordingSettings.parse(settings)

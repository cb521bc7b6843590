import { z } from 'zod'
import type { SourceSettings } from '../../../core/source.ts'

export const gmailSettings = z.object({
  includeSpamTrash: z.boolean().default(false).describe('Also save the messages in spam and in the trash.'),
})
export type GmailSettings = z.infer<typeof gmailSettings>

export const readSettings = (settings: SourceSettings): GmailSettings => gmailSettings.parse(settings)

export const shapeOf = ({ includeSpamTrash }: GmailSettings): string => JSON.stringify({ includeSpamTrash })

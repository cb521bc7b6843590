import { z } from 'zod'
import type { SourceSettings } from '../../../core/source.ts'

export const oneDriveSettings = z.object({
  shared: z
    .boolean()
    .default(false)
    .describe(
      'Also save what others shared with you, where you added a shortcut to it to your files. Needs the right Files.Read.All, for which an organisation may want its administrator’s consent. In a personal OneDrive it costs a request for each folder in every run (500 at most).',
    ),
})
export type OneDriveSettings = z.infer<typeof oneDriveSettings>

export const readSettings = (settings: SourceSettings): OneDriveSettings => oneDriveSettings.parse(settings)

/** `Files.Read` covers the person's own drive alone: https://learn.microsoft.com/graph/permissions-reference */
export const scopesOf = ({ shared }: OneDriveSettings): readonly string[] => [shared ? 'Files.Read.All' : 'Files.Read']

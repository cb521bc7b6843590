import { z } from 'zod'
import type { SourceSettings } from '../../../core/source.ts'

export const exportChoices = ['office', 'pdf', 'odf', 'text', 'markdown', 'html', 'epub'] as const
export type ExportChoice = (typeof exportChoices)[number]

export const rootChoices = ['my-drive', 'shared-with-me', 'shared-drives', 'computers', 'unorganised'] as const
export type RootChoice = (typeof rootChoices)[number]

const namedDrive = 'shared-drive:'

export const driveSettings = z.object({
  exports: z
    .array(z.enum(exportChoices))
    .min(1)
    .default(['office'])
    .describe(
      'Formats that Google documents are saved as, one file each: office (docx, xlsx, pptx), pdf, odf, text, markdown, html, epub. Where none exists for a kind of document, its office form is taken.',
    ),
  trash: z.boolean().default(false).describe('Also save what is in the trash.'),
  roots: z
    .array(z.union([z.enum(rootChoices), z.string().regex(/^shared-drive:./, 'a shared drive is named as "shared-drive:NAME"')]))
    .min(1)
    .default([...rootChoices])
    .describe(
      'What to save: my-drive, shared-with-me, shared-drives (all of them), "shared-drive:NAME" (one), computers, unorganised (items without a folder).',
    ),
})
export type DriveSettings = z.infer<typeof driveSettings>

export const readSettings = (settings: SourceSettings): DriveSettings => driveSettings.parse(settings)

/** Every setting changes what a listing names: the parts of documents, and what is excluded. */
export function shapeOf({ exports, trash, roots }: DriveSettings): string {
  return JSON.stringify({ exports: [...new Set(exports)], trash, roots: [...new Set(roots)].sort() })
}

export const choosesRoot = ({ roots }: DriveSettings, root: RootChoice): boolean => roots.includes(root)

/** Names of shared drives that were chosen one by one. */
export const namedDrives = ({ roots }: DriveSettings): string[] =>
  roots.filter((root) => root.startsWith(namedDrive)).map((root) => root.slice(namedDrive.length))

export function choosesDrive(settings: DriveSettings, name: string): boolean {
  return choosesRoot(settings, 'shared-drives') || namedDrives(settings).some((chosen) => sameName(chosen, name))
}

export const sameName = (a: string, b: string): boolean => a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase()

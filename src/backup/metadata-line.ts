import { z } from 'zod'
import { portable } from '../archive/names.ts'
import type { JsonObject } from '../core/json.ts'

/** The version of an item of which a line does not say it (a bag of an earlier form): no provider's own, so that a listing decides anew. */
export const unknownVersion = '?'

const checksum = z.string().regex(/^[0-9a-f]{64}$/)
const time = z.iso.datetime().transform((text) => Date.parse(text))
const json = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value))
const count = z.number().int().nonnegative()

/** A line of metadata, as far as a journal can be rebuilt from it. */
const schema = z.object({
  id: z.string().min(1),
  kind: z.enum(['file', 'folder', 'place', 'record']),
  path: z.string(),
  state: z.enum(['pending', 'saved', 'unexportable', 'excluded', 'gone', 'failed']),
  reason: z.string().optional(),
  goneAtSource: time.optional(),
  modified: time.optional(),
  link: z.string().optional(),
  files: z.array(
    z.union([
      z.object({
        part: z.string().min(1),
        path: z.string(),
        bytes: count,
        sha256: checksum,
        current: z.boolean(),
        stated: z.record(z.string(), z.string()).optional(),
      }),
      // A folder.
      z.object({ path: z.string().endsWith('/') }),
    ]),
  ),
  details: json,
  journal: z
    .object({
      version: z.string(),
      name: z.string().optional(),
      parent: z.string().optional(),
      fallback: z.string().optional(),
      twin: z.string().optional(),
      excluded: z.string().optional(),
      waiting: z.string().optional(),
      expires: z.number().optional(),
      unexportable: json.optional(),
      hint: z.string().optional(),
      failure: z.string().optional(),
      parts: z.array(
        z.object({
          key: z.string().min(1),
          name: z.string().optional(),
          version: z.string().optional(),
          modified: z.number().optional(),
          stale: z.boolean().optional(),
        }),
      ),
    })
    .optional(),
})

export type MetadataLine = z.infer<typeof schema>
export type FileOfLine = Extract<MetadataLine['files'][number], { part: string }>

/** Undefined: it is no such line (torn off, damaged, written by somebody else). */
export function readMetadataLine(text: string): MetadataLine | undefined {
  try {
    const line = schema.safeParse(JSON.parse(text))
    return line.success ? line.data : undefined
  } catch {
    return undefined
  }
}

/** Whether a path that a line names lies below the folder of its source, whatever wrote it there: `..`, an absolute path, a drive are none of ours. */
export function isInside(path: string, source: string): boolean {
  const prefix = `data/${source}/`
  if (!path.startsWith(prefix)) return false
  return path
    .slice(prefix.length)
    .split('/')
    .every((component) => component !== '' && portable(component) === component)
}

import { z } from 'zod'

/**
 * Forms for what stands in the journal and is written into files: a field of another type than documented is left out there (the JSON beside
 * has it as it came), instead of spoiling the whole file.
 */
export const text = z.string().optional().catch(undefined)
export const flag = z.boolean().optional().catch(undefined)
export const count = z.number().optional().catch(undefined)

/** The entries of a list that are of the form; the others are left out. */
export function listOf<T>(form: z.ZodType<T>) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((entries) =>
      entries.flatMap((entry) => {
        const parsed = form.safeParse(entry)
        return parsed.success ? [parsed.data] : []
      }),
    )
}

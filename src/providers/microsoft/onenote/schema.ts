import { z } from 'zod'

const links = z
  .object({
    oneNoteClientUrl: z.object({ href: z.string().nullish() }).nullish(),
    oneNoteWebUrl: z.object({ href: z.string().nullish() }).nullish(),
  })
  .nullish()

const thing = {
  id: z.string().min(1),
  displayName: z.string().nullish(),
  createdDateTime: z.string().nullish(),
  lastModifiedDateTime: z.string().nullish(),
  links,
}

/** https://learn.microsoft.com/graph/api/resources/section */
export const section = z.object(thing)
export type SectionAnswer = z.infer<typeof section>

/** What an expansion leaves out, or breaks off with a link, is asked for by itself. */
const holder = {
  sections: z.array(section).nullish(),
  'sections@odata.nextLink': z.string().nullish(),
  'sectionGroups@odata.nextLink': z.string().nullish(),
}

/** https://learn.microsoft.com/graph/api/resources/sectiongroup */
export interface GroupAnswer extends SectionAnswer {
  sections?: SectionAnswer[] | null | undefined
  sectionGroups?: GroupAnswer[] | null | undefined
  'sections@odata.nextLink'?: string | null | undefined
  'sectionGroups@odata.nextLink'?: string | null | undefined
}
export const group: z.ZodType<GroupAnswer> = z.object({
  ...thing,
  ...holder,
  get sectionGroups() {
    return z.array(group).nullish()
  },
})

/** https://learn.microsoft.com/graph/api/resources/notebook */
export const notebook = z.object({
  ...thing,
  ...holder,
  sectionGroups: z.array(group).nullish(),
  isDefault: z.boolean().nullish(),
  isShared: z.boolean().nullish(),
  userRole: z.string().nullish(),
})

/** https://learn.microsoft.com/graph/api/resources/page; `level` and `order` come with `pagelevel=true` alone. */
export const page = z.object({
  id: z.string().min(1),
  title: z.string().nullish(),
  createdDateTime: z.string().nullish(),
  lastModifiedDateTime: z.string().nullish(),
  links,
  level: z.number().nullish(),
  order: z.number().nullish(),
})
export type PageAnswer = z.infer<typeof page>

/** A list that breaks off says so by its link alone; the link itself is not followed. */
export const listOf = <T>(entry: z.ZodType<T>) => z.object({ value: z.array(entry), '@odata.nextLink': z.string().nullish() })

export const idAlone = z.object({ id: z.string().min(1) })

export const pageInSection = z.object({ id: z.string().min(1), parentSection: z.object({ id: z.string() }).nullish() })

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { examine } from '../../../src/leave/outside-accounts/examine.ts'
import { ownOrganisations } from '../../../src/leave/outside-accounts/organisation.ts'
import { evidenceKinds } from '../../../src/leave/outside-accounts/outside-accounts.ts'

/** The form of the corpus stands in its README. */
const labelled = z.object({
  id: z.string(),
  label: z.enum([...evidenceKinds, 'other']),
  service: z.string().nullable(),
  language: z.string(),
  adversarial: z.boolean().optional(),
  raw: z.string(),
})

export type Labelled = z.infer<typeof labelled>

/** One message: what it is, and what was found. */
export interface Outcome {
  readonly id: string
  readonly language: string
  readonly adversarial: boolean
  readonly label: string
  readonly service: string | null
  readonly found: string
  readonly foundService: string | null
}

const folder = fileURLToPath(new URL('../outside-accounts-corpus/', import.meta.url))

export const labels = [...evidenceKinds, 'other'] as const

/** The half of the corpus that a message belongs to: A was looked into for mending the rules, B never was. */
export const halfOf = (id: string): 'A' | 'B' => (createHash('sha256').update(id).digest()[0]! % 2 === 0 ? 'A' : 'B')

export function* corpus(): Iterable<Labelled> {
  for (const name of readdirSync(folder)
    .filter((each) => each.endsWith('.jsonl'))
    .toSorted())
    for (const line of readFileSync(path.join(folder, name), 'utf8').split('\n'))
      if (line !== '') yield labelled.parse(JSON.parse(line))
}

export const own = ownOrganisations(['tanaka.hanako@g.example-u.ac.jp', 'hanako@example-u.ac.jp'])

export async function outcomeOf({ id, language, adversarial = false, label, service, raw }: Labelled): Promise<Outcome> {
  const finding = await examine(Buffer.from(raw, 'latin1'), own)
  const counts = finding !== undefined && finding.doubts === undefined
  return {
    id,
    language,
    adversarial,
    label,
    service,
    found: counts ? finding.kind : 'other',
    foundService: (counts ? finding.service?.domain : undefined) ?? null,
  }
}

/** Precision and recall, with the numbers that they are made of. */
export interface Figure {
  readonly right: number
  readonly found: number
  readonly there: number
  readonly precision: number
  readonly recall: number
}

const figure = (right: number, found: number, there: number): Figure => ({
  right,
  found,
  there,
  precision: found === 0 ? 1 : right / found,
  recall: there === 0 ? 1 : right / there,
})

const isEvidence = (kind: string) => kind !== 'other'
const tellsOfAccount = (kind: string) => kind !== 'other' && kind !== 'newsletter'

/** Per label; messages with the right service; the list of services by itself, from all mail and from mail that tells of an account. */
export function figures(outcomes: readonly Outcome[]): ReadonlyMap<string, Figure> {
  const all = new Map<string, Figure>()
  for (const label of labels) {
    const found = outcomes.filter((each) => each.found === label)
    all.set(
      label,
      figure(
        found.filter((each) => each.label === label).length,
        found.length,
        outcomes.filter((each) => each.label === label).length,
      ),
    )
  }
  const naming = outcomes.filter((each) => each.foundService !== null)
  all.set(
    'message → service',
    figure(
      naming.filter((each) => each.foundService === each.service).length,
      naming.length,
      outcomes.filter((each) => each.service !== null).length,
    ),
  )
  for (const [name, counts] of [
    ['services', isEvidence],
    ['services with an account', tellsOfAccount],
  ] as const) {
    const found = new Set(
      outcomes.flatMap((each) => (counts(each.found) && each.foundService !== null ? [each.foundService] : [])),
    )
    const there = new Set(outcomes.flatMap((each) => (counts(each.label) && each.service !== null ? [each.service] : [])))
    all.set(name, figure([...found].filter((service) => there.has(service)).length, found.size, there.size))
  }
  const hostile = outcomes.filter((each) => each.adversarial)
  // Recall: what was seen through of what was dishonest.
  const through = hostile.filter((each) => each.found === 'other').length
  all.set('adversarial seen through', figure(through, through, hostile.length))
  return all
}

export function table(title: string, groups: Readonly<Record<string, readonly Outcome[]>>): string {
  const columns = Object.entries(groups).map(([name, outcomes]) => [name, figures(outcomes)] as const)
  const percent = (value: number) => `${(100 * value).toFixed(1)}`.padStart(5)
  const rows = [...(columns[0]?.[1].keys() ?? [])].map(
    (name) =>
      `${name.padEnd(26)}${columns
        .map(([, each]) => {
          const { precision, recall, there } = each.get(name)!
          return `${percent(precision)} /${percent(recall)} (${String(there).padStart(3)})`
        })
        .join('   ')}`,
  )
  return [
    `${title}: precision / recall in percent (how many there are)`,
    `${''.padEnd(26)}${columns.map(([name]) => name.padEnd(19)).join('   ')}`,
    ...rows,
  ].join('\n')
}

export const byLanguage = (outcomes: readonly Outcome[]) => ({
  all: outcomes,
  Japanese: outcomes.filter(({ language }) => language === 'ja'),
  English: outcomes.filter(({ language }) => language === 'en'),
})

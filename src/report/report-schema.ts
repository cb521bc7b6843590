import { z } from 'zod'
import { fileKinds } from '../archive/file-kinds.ts'
import { leaveSections, leaveStates } from '../core/leaving.ts'
import { states } from '../core/state.ts'

const count = z.int().min(0)
const time = z.iso.datetime().describe('UTC')
const verdict = z
  .enum(['complete', 'complete-but', 'not-complete'])
  .describe(
    'complete: every item known is saved. complete-but: nothing is pending or failed, and some items cannot be saved, or were not to be. not-complete: something is missing, or may be',
  )
const tally = z
  .object({
    items: count.describe('the sum of the seven states'),
    saved: count.describe('saved in the last run'),
    unchanged: count.describe('saved before the last run'),
    unexportable: count.describe('the service gives no bytes of it'),
    excluded: count.describe('left out by the settings or a filter'),
    gone: count.describe('vanished at the source before it was taken'),
    pending: count.describe('not taken yet'),
    failed: count.describe('could not be taken; a rerun may mend it'),
    bytes: count.describe('bytes saved'),
  })
  .describe('items = saved + unchanged + unexportable + excluded + gone + pending + failed')
const measured = { files: count, bytes: count }
const years = z
  .array(
    z.object({ year: z.int().nullable().describe("of the file's last change at the source, UTC; null: not known"), ...measured }),
  )
  .describe('saved files by year, oldest first')
const kinds = z.array(z.object({ kind: z.enum(fileKinds as [string, ...string[]]), ...measured })).describe('saved files by kind')
const reason = z.object({
  state: z.enum(states),
  class: z.string().optional().describe('for what is not exportable: why, out of a closed list'),
  reason: z.string(),
  hint: z.string().optional().describe('what the person can do'),
  count,
  examples: z
    .array(z.object({ id: z.string(), path: z.string(), link: z.string().optional().describe('its page at the service') }))
    .describe('the first ones; all of them stand in the metadata'),
})
const source = z.object({
  source: z.string().describe('ACCOUNT/SOURCE'),
  title: z.string(),
  verdict,
  obstacles: z.array(z.enum(['never-listed', 'failure', 'unsettled', 'pending', 'failed'])).describe('why it is not complete'),
  tally,
  files: count.describe('files saved; an item can have several, or none'),
  listed: time.optional().describe('when it was last listed to its end; absent: never'),
  asOf: time.optional().describe('nothing that was there at that time is unknown; absent: that cannot be said'),
  countedTwice: z.boolean().describe('asOf comes from a second count that took another road than the listing'),
  clockAhead: z
    .literal(true)
    .optional()
    .describe(
      'it was listed or counted under a clock that ran ahead: no time can be stated, until the next backup has counted anew',
    ),
  displayed: z
    .object({
      read: time.describe('when they were read'),
      totals: z.array(
        z.object({
          what: z.string(),
          unit: z.enum(['bytes', 'items']),
          shown: count.describe('at the service'),
          ours: count.optional().describe('what stands beside it here; absent: nothing is counted like that'),
          because: z.array(z.string()).describe('why the two are known to differ'),
        }),
      ),
    })
    .optional()
    .describe('totals that the service itself shows; they decide nothing. absent: it documents none, or they could not be read'),
  keptThoughGone: count.describe('items that are no longer at the source and stay in the archive'),
  failure: z
    .object({ kind: z.string(), message: z.string(), hint: z.string().optional() })
    .optional()
    .describe('what kept it from being finished'),
  configured: z.boolean().describe('whether the settings name it now'),
  notSaved: z.array(reason).describe('items that are not saved, by reason'),
  metadata: z.string().describe('the file with one line an item, relative to the archive'),
  years,
  kinds,
})

/** The definition of report.json: validates, is its type, and becomes config/report.schema.json. */
export const reportSchema = z
  .object({
    format: z.literal(1).describe('changes when a reader would have to'),
    made: time,
    software: z.string().describe('name and version of the program'),
    verdict,
    butFor: count.describe('items that are not saved and never will be: not exportable, left out, gone'),
    total: tally,
    files: count,
    sources: z.array(source),
    years,
    kinds,
    neverAskedFor: z
      .array(
        z.object({
          account: z.string(),
          provider: z.string(),
          what: z.string(),
          howByHand: z.string(),
          page: z.string().describe("the provider's page that says how"),
          seen: z.string().optional().describe('how the program can see that there is any; absent: it cannot'),
        }),
      )
      .describe('what such accounts may hold and this program does not take'),
    accounts: z.array(
      z.object({
        account: z.string(),
        provider: z.string().optional(),
        identity: z.string().optional().describe('who signed in'),
      }),
    ),
    lastVerify: z
      .object({
        ended: time,
        read: z.enum(['every-byte', 'sizes']).describe('sizes: bytes were read only where a time differed'),
        sources: z.array(z.string()).nullable().describe('null: the whole archive'),
        files: count,
        damaged: count.describe('things that were not as they had been saved'),
      })
      .optional()
      .describe('the last verify that came to its end; absent: none'),
    leaving: z
      .object({
        made: time.describe('when holdall leave was run'),
        lines: z.array(
          z.object({
            section: z.enum(leaveSections),
            about: z.string().describe('what the line is about, stable'),
            account: z.string().optional().describe('absent: none in particular'),
            state: z.enum(leaveStates).describe('as far as the program sees it; look: only a person can say'),
            what: z.string(),
            why: z.string(),
            next: z
              .array(
                z.object({
                  command: z.string().optional(),
                  text: z.string().optional(),
                  page: z.string().optional(),
                  file: z.string().optional().describe('relative to the archive'),
                }),
              )
              .describe('what to do next'),
          }),
        ),
      })
      .optional()
      .describe("the leaver's checklist as it was last; absent: holdall leave was not run"),
    runs: z
      .array(
        z.object({
          run: count,
          command: z.string(),
          started: time,
          ended: time.optional().describe('absent: it was cut off, or is under way'),
          status: z.int().optional().describe('exit status'),
        }),
      )
      .describe('the last runs, newest first'),
  })
  .describe('What `holdall report` writes into an archive as report.json')

export type Report = z.infer<typeof reportSchema>
export type SourceReport = Report['sources'][number]
export type NotSaved = SourceReport['notSaved'][number]

/** config/report.schema.json */
export function reportSchemaText(): string {
  return `${JSON.stringify({ title: 'report.json', ...z.toJSONSchema(reportSchema) }, undefined, 2)}\n`
}

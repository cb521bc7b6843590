import path from 'node:path'
import { Failure } from '../core/failure.ts'
import type { ExitStatus } from '../core/state.ts'
import { colleaguesOf, ownAddress } from '../leave/checklist/address-standing.ts'
import { proposedPlanText, proposeTransfers, writePlan } from '../leave/checklist/propose-transfers.ts'
import { sharedThings } from '../leave/checklist/shared-folders.ts'
import type { Context } from './command.ts'

/** Writes a plan for `--transfer` out of what the last backup listed: nothing is asked, and nothing is changed. Several accounts get a file each. */
export async function proposePlans(context: Context, file: string): Promise<ExitStatus> {
  const opened = await context.openForReading()
  if (opened === undefined) throw new Failure('settings', 'nothing is saved yet', { hint: 'run holdall backup first' })
  const { journal } = opened
  try {
    const app = await context.app()
    const words = context.words.leave.propose
    const plans = app.settings.accounts.flatMap(({ name }) => {
      const account = app.account(name)
      if (account.provider.ownership === undefined) return []
      const own = ownAddress(journal, name)
      if (account.settings.facts?.transfer?.to === 'nobody') {
        context.out(`${words.nobody(name)}\n`)
        return []
      }
      const plan = proposeTransfers(
        (function* () {
          for (const { id, dependents } of account.sourceTypes)
            if (dependents !== undefined)
              yield* sharedThings({
                journal,
                source: `${name}/${id}`,
                dependents,
                own,
                inside: colleaguesOf(own, account.settings.facts),
              })
        })(),
      )
      return plan.entries.length === 0 ? [] : [{ name, plan }]
    })
    if (plans.length === 0) context.out(`${words.none}\n`)
    const written: string[] = []
    for (const { name, plan } of plans) {
      const to = path.resolve(context.cwd, plans.length === 1 ? file : beside(file, name))
      await writePlan(to, proposedPlanText(name, plan, words.plan))
      written.push(to)
      context.out(`${words.written(to, plan.entries.length, name)}\n`)
    }
    context.emit({
      event: 'summary',
      command: 'leave',
      status: 0,
      details: {
        plans: plans.map(({ name, plan }, at) => ({
          account: name,
          file: written[at] ?? null,
          entries: plan.entries.length,
          without: plan.withoutCount,
          left: plan.left,
        })),
      },
    })
    return 0
  } finally {
    journal.close()
  }
}

/** `plan.yaml` of the account home: `plan-home.yaml`. */
function beside(file: string, account: string): string {
  const { dir, name, ext } = path.parse(file)
  return path.join(dir, `${name}-${account}${ext}`)
}

import { Failure } from '../core/failure.ts'
import type { Command } from './command.ts'
import { showChecklist } from './leave-checklist.ts'
import { proposePlans } from './leave-propose.ts'
import { transferFiles } from './leave-transfer.ts'

export const leave: Command = {
  name: 'leave',
  summary: "the leaver's checklist: what to do before the account ends, with what the program knows of each",
  options: [
    {
      flags: '--propose <file>',
      description: 'write a plan of which shared files could go to whom, for --transfer; never over a file',
    },
    { flags: '--transfer <plan>', description: 'give the files of this plan to others (asks first, always)' },
    { flags: '--dry-run', description: 'with --transfer: show what would be done, and do nothing' },
  ],
  async run(context, _, options) {
    const { transfer, propose } = options
    if (typeof transfer === 'string' && typeof propose === 'string')
      throw new Failure('settings', '--propose and --transfer do not go together', {
        hint: 'propose first, read the plan, then transfer',
      })
    if (typeof transfer === 'string') return transferFiles(context, transfer, options.dryRun === true)
    if (typeof propose === 'string') return proposePlans(context, propose)
    return showChecklist(context)
  },
}

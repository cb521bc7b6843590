import { Failure } from '../core/failure.ts'
import type { Command } from './command.ts'
import { transferFiles } from './leave-transfer.ts'

export const leave: Command = {
  name: 'leave',
  summary: "the leaver's checklist; with --transfer, files are given to others after you have agreed",
  options: [
    { flags: '--transfer <plan>', description: 'give the files of this plan to others (asks first, always)' },
    { flags: '--dry-run', description: 'with --transfer: show what would be done, and do nothing' },
  ],
  async run(context, _, options) {
    if (typeof options.transfer === 'string') return transferFiles(context, options.transfer, options.dryRun === true)
    throw new Failure('settings', 'name a plan: holdall leave --transfer PLAN')
  },
}

import { accounts } from './accounts.ts'
import { backup } from './backup.ts'
import type { Command } from './command.ts'
import { connect } from './connect.ts'
import { copy } from './copy.ts'
import { disconnect } from './disconnect.ts'
import { exportCommand } from './export.ts'
import { init } from './init.ts'
import { leave } from './leave.ts'
import { plan } from './plan.ts'
import { practice } from './practice.ts'
import { report } from './report.ts'
import { status } from './status.ts'
import { support } from './support.ts'
import { verify } from './verify.ts'

/** All commands, in the order of --help. */
export const commands: readonly Command[] = [
  init,
  connect,
  accounts,
  disconnect,
  plan,
  backup,
  verify,
  copy,
  status,
  report,
  exportCommand,
  leave,
  support,
  practice,
]

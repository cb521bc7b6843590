import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { ArchiveSession } from '../app/open-archive.ts'
import { bringUpToDate } from '../backup/bring-up-to-date.ts'
import { seal, type Unsealed, unsealedMark } from '../backup/seal.ts'
import { refuseNested } from '../copy/check-target.ts'
import { type CopyResult, copyArchive } from '../copy/copy.ts'
import { Failure } from '../core/failure.ts'
import { rememberCopy } from '../journal/last-copy.ts'
import type { Words } from '../language/words.ts'
import type { Finding } from '../verify/look.ts'
import { createRepair } from '../verify/repair.ts'
import type { Command, Context } from './command.ts'

export const copy: Command = {
  name: 'copy',
  summary: 'a second copy of the archive, on another disk: verified, resumable, a valid bag of its own',
  arguments: '<dir>',
  options: [
    { flags: '--verify', description: 'also read every file of the copy, and copy again what is not right there' },
    { flags: '--allow-synced-folder', description: 'copy into a folder although a cloud client syncs it' },
  ],
  async run(context, [dir = ''], options) {
    const looked = await context.openForReading()
    if (looked === undefined) throw new Failure('settings', 'nothing is saved yet', { hint: 'run holdall backup first' })
    looked.journal.close()
    const target = path.resolve(context.cwd, dir)
    refuseNested(looked.archive.root, target)
    const session = await context.openArchive('allow')
    const release = context.stayAwake()
    try {
      const { journal, archive, openTarget } = session
      const to = await openTarget(target, options.allowSyncedFolder === true ? 'allow' : 'refuse')
      try {
        context.emit({ event: 'started', command: 'copy', archive: archive.root })
        await bringUpToDate({ journal, archive, clock: context.clock, emit: context.emit }, context.software)
        const result = await copyArchive({
          journal,
          from: archive,
          to: to.archive,
          facts: to.facts,
          readBack: options.verify === true,
          emit: context.emit,
          signal: context.signal,
          damaged: (findings) => writeDown(context, session, findings),
        })
        rememberCopy(journal, {
          ended: context.clock.now(),
          to: to.archive.root,
          run: journal.lastRun()?.n ?? 0,
          sameDisk: await onSameDisk(archive.root, to.archive.root),
          damaged: result.damaged,
        })
        const status = result.damaged > 0 ? 3 : 0
        context.out(textOf(result, to.archive.root, context.words))
        context.emit({ event: 'summary', command: 'copy', status, details: { to: to.archive.root, ...result } })
        return status
      } finally {
        to.close()
      }
    } finally {
      release()
      session.close()
    }
  },
}

/** Null: the system does not say. Two volumes of one disk count as two: the system does not tell them apart. */
async function onSameDisk(one: string, other: string): Promise<boolean | null> {
  const [{ dev: first }, { dev: second }] = await Promise.all([stat(one), stat(other)])
  return first === 0 || second === 0 ? null : first === second
}

/** The next backup takes again what is damaged; until then it is no part of the bag. */
async function writeDown(
  { clock, emit, software }: Context,
  { journal, archive }: ArchiveSession,
  findings: readonly Finding[],
): Promise<void> {
  const repair = createRepair(journal, () => journal.setMark(unsealedMark, 'saved' satisfies Unsealed))
  for (const finding of findings) repair.finding(finding)
  await seal({ n: journal.lastRun()?.n ?? 0, journal, archive, clock, emit }, software)
}

function textOf(result: CopyResult, to: string, { commands: { copy: words } }: Words): string {
  const { files, bytes, copied, copiedBytes, there, moved, setAside, damaged } = result
  const parts = words.parts({ copied, bytes: copiedBytes, there, moved })
  const lines = [
    damaged === 0 ? words.fine(files, bytes, to, parts) : words.damaged(damaged, to, parts),
    ...(setAside > 0 ? [words.setAside(setAside)] : []),
    words.readAgain(JSON.stringify(to)),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

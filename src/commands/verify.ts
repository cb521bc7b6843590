import { manifestsLag, needsSealing, seal, type Unsealed, unsealedMark } from '../backup/seal.ts'
import { settleArchive } from '../backup/settle.ts'
import type { RunEvent } from '../core/events.ts'
import { Failure } from '../core/failure.ts'
import type { ExitStatus } from '../core/state.ts'
import { formatBytes } from '../display/bytes.ts'
import { expectedFiles } from '../verify/expected-files.ts'
import { markDamaged } from '../verify/mark-damaged.ts'
import { verifyArchive } from '../verify/verify.ts'
import type { Command } from './command.ts'

/** Files read at once: disks and checksums are the limit, not waiting. */
const atOnce = 4

export const verify: Command = {
  name: 'verify',
  summary: 'read every saved byte again and compare it with the journal and the manifests',
  arguments: '[source...]',
  options: [
    { flags: '--quick', description: 'compare sizes and times; read only what somebody wrote to' },
    { flags: '--remote', description: 'also list the accounts again (comes with a later version)' },
  ],
  async run(context, args, options) {
    if (options.remote === true)
      throw new Failure('settings', '--remote is not there yet', {
        hint: 'run holdall plan: it lists the accounts again and says what is not saved',
      })
    const session = await context.openArchive('allow')
    const { journal, archive } = session
    try {
      const known = journal.sources().map(({ name }) => name)
      const wanted =
        args.length === 0 ? undefined : known.filter((name) => args.some((arg) => name === arg || name.startsWith(`${arg}/`)))
      if (wanted?.length === 0)
        throw new Failure('settings', `nothing of ${args.join(', ')} is in this archive`, {
          hint: `it holds: ${known.join(', ')}`,
        })
      context.emit({ event: 'started', command: 'verify', archive: archive.root })
      await settleArchive({ journal, archive, clock: context.clock, emit: context.emit })
      const sealContext = { n: 0, journal, archive, clock: context.clock, emit: context.emit }
      if (await needsSealing(sealContext)) {
        if (await manifestsLag(sealContext)) {
          context.emit({
            event: 'notice',
            level: 'info',
            message: 'the manifests lag behind what was saved (a run was cut off): they are brought up to date first',
          })
        }
        await seal(sealContext, context.software)
      }
      let retaken = 0
      const emit = (event: RunEvent) => {
        if (event.event === 'damaged' && markDamaged(journal, event.path)) retaken++
        context.emit(event)
      }
      const result = await verifyArchive({
        root: archive.root,
        expected: expectedFiles(journal, wanted),
        ...(wanted !== undefined && { sources: wanted }),
        read: options.quick === true ? 'sizes' : 'every-byte',
        atOnce,
        emit,
        signal: context.signal,
      })
      if (retaken > 0) journal.setMark(unsealedMark, 'saved' satisfies Unsealed)
      const status: ExitStatus = result.damaged > 0 ? 3 : 0
      const read = options.quick === true ? 'looked at (sizes and times)' : 'read'
      context.out(
        result.damaged === 0
          ? `Verified: ${result.files} files, ${formatBytes(result.bytes)} ${read}; everything is as it was saved.\n`
          : `Damage: ${result.damaged} of ${result.files} files and tag files are not as they were saved.${retaken > 0 ? ` ${retaken} of them are taken again by the next holdall backup.` : ''}\n`,
      )
      context.emit({
        event: 'summary',
        command: 'verify',
        status,
        details: { files: result.files, bytes: result.bytes, damaged: result.damaged, kinds: { ...result.counts }, retaken },
      })
      return status
    } finally {
      session.close()
    }
  },
}

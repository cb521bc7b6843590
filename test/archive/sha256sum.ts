import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'

/** Whether tests that need the program `sha256sum` (GNU coreutils) must be left out; never in CI, where they fail instead. */
export const withoutSha256sum = spawnSync('sha256sum', ['--version']).status !== 0 && process.env.CI !== 'true'
if (withoutSha256sum) console.warn('SKIPPED: tests that check manifests with sha256sum, which is not installed here')

/** The lines that `sha256sum -c` prints for a manifest of the bag; throws when it finds anything wrong. */
export async function checkWithSha256sum(root: string, manifest: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('sha256sum', ['--strict', '-c', manifest], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  })
  return stdout === '' ? [] : stdout.trimEnd().split('\n')
}

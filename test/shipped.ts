import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const checkout = fileURLToPath(new URL('../', import.meta.url))

/**
 * Builds the program as npm ships it, once for all tests that run it: that is what people run, and it starts in half the time. Where it stands is told
 * to the tests by the environment.
 */
export default function setup(): () => void {
  const folder = mkdtempSync(path.join(tmpdir(), 'holdall-shipped-'))
  execFileSync(path.join(checkout, 'node_modules/.bin/rolldown'), ['-c', '--dir', path.join(folder, 'dist')], {
    cwd: checkout,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  mkdirSync(path.join(folder, 'src'))
  for (const file of ['src/holdall.js', 'package.json', 'config'])
    cpSync(path.join(checkout, file), path.join(folder, file), { recursive: true })
  symlinkSync(path.join(checkout, 'node_modules'), path.join(folder, 'node_modules'))
  process.env.HOLDALL_SHIPPED = path.join(folder, 'src/holdall.js')
  return () => rmSync(folder, { recursive: true, force: true })
}

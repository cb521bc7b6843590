import { execFileSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Cost, measure, type Program } from './measure.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

/** A way to start our program: from the sources, or as the package ships it. */
export interface Build {
  readonly name: 'sources' | 'package'
  readonly start: string
}

export const sources: Build = { name: 'sources', start: join(root, 'src/holdall.js') }

/** How many times faster than the real service a practice one may be asked (`pace` in the file that HOLDALL_PRACTICE names): never a limit. */
export const unpaced = 100_000

/** The program as npm would install it, built by `npm run build`'s own settings into the benchmark's folder. */
export async function makePackage(home: string): Promise<Build> {
  const folder = join(home, 'package')
  await mkdir(join(folder, 'src'), { recursive: true })
  const bundler = join(root, 'node_modules/.bin/rolldown')
  execFileSync(bundler, ['-c', '--dir', join(folder, 'dist')], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  await cp(join(root, 'package.json'), join(folder, 'package.json'))
  await cp(join(root, 'src/holdall.js'), join(folder, 'src/holdall.js'))
  // For what is not built in: compiled code for each platform.
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  return { name: 'package', start: join(folder, 'src/holdall.js') }
}

/** Our program with the arguments given, by the Node that runs this. */
export function holdall(build: Build, args: readonly string[], env: Readonly<Record<string, string>> = {}): Program {
  return { file: process.execPath, args: [build.start, ...args], env }
}

/** What an archive is filled from. */
export interface Account {
  readonly name: string
  /** Its entry in holdall.yaml, which JSON is too. */
  readonly entry: Readonly<Record<string, unknown>>
  readonly env: Readonly<Record<string, string>>
  /** File with a certificate to trust. */
  readonly ca?: string
  /** Whether `holdall connect` is needed. */
  readonly signsIn: boolean
}

/** An archive of its own, with its settings. */
export interface Archive {
  readonly folder: string
  /** The program with these arguments, for this archive. */
  program(...args: string[]): Program
  /** `holdall backup ACCOUNT` */
  backup(): Promise<Cost>
}

/** Signed in already, where that is needed. */
export async function makeArchive(home: string, build: Build, account: Account): Promise<Archive> {
  const folder = await mkdtemp(join(home, 'ours-'))
  const { name, entry, env, ca, signsIn } = account
  const settings = { archive: './archive', accounts: { [name]: entry }, ...(ca && { network: { ca } }), tokens: 'file' }
  const config = join(folder, 'holdall.yaml')
  await writeFile(config, JSON.stringify(settings))
  const own = { ...env, HOLDALL_HOME: join(folder, 'state'), HOLDALL_CONFIG: config }
  const program = (...args: string[]) => holdall(build, args, own)
  if (signsIn) await measure(program('connect', name, '--yes'))
  return { folder, program, backup: () => measure(program('backup', name)) }
}

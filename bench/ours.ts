import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Cost, measure, type Program } from './measure.ts'
import type { Server } from './server.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

/** A way to start our program: from the sources, or as the package ships it. */
export interface Build {
  readonly name: 'sources' | 'package' | 'bundle'
  readonly start: string
}

export const sources: Build = { name: 'sources', start: join(root, 'src/holdall.js') }

/** The program as npm would install it: compiled, one file for each source file. */
export async function makePackage(home: string): Promise<Build> {
  const folder = join(home, 'package')
  await mkdir(join(folder, 'src'), { recursive: true })
  await measure({
    file: join(root, 'node_modules/.bin/tsc'),
    args: ['-p', join(root, 'tsconfig.build.json'), '--noCheck', '--outDir', join(folder, 'dist')],
  })
  await cp(join(root, 'package.json'), join(folder, 'package.json'))
  await cp(join(root, 'src/holdall.js'), join(folder, 'src/holdall.js'))
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  return { name: 'package', start: join(folder, 'src/holdall.js') }
}

/** The package with everything in one file, as a bundler would make it; undefined where there is none (vitest brings one). Not what is shipped. */
export async function makeBundle(home: string, shipped: Build): Promise<Build | undefined> {
  const bundler = join(root, 'node_modules/.bin/rolldown')
  if (!existsSync(bundler)) return undefined
  const folder = join(home, 'bundle')
  await cp(dirname(dirname(shipped.start)), folder, {
    recursive: true,
    filter: (path) => !/\/(dist|node_modules)$/.test(path),
  })
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  const entry = join(root, 'src/main.ts')
  const options = ['--platform', 'node', '--format', 'esm', '--external', '@napi-rs/keyring', '--dir', join(folder, 'dist')]
  await measure({ file: bundler, args: [entry, ...options] })
  return { name: 'bundle', start: join(folder, 'src/holdall.js') }
}

/** Our program with the arguments given, by the Node that runs this. */
export function holdall(build: Build, args: readonly string[], env: Readonly<Record<string, string>> = {}): Program {
  return { file: process.execPath, args: [build.start, ...args], env }
}

/** An archive of its own, and the settings to fill it from a WebDAV server. */
export interface Archive {
  readonly folder: string
  /** `holdall backup home` */
  backup(): Promise<Cost>
}

export async function makeArchive(home: string, build: Build, server: Server): Promise<Archive> {
  const own = await mkdtemp(join(home, 'ours-'))
  const config = join(own, 'holdall.yaml')
  await writeFile(
    config,
    `archive: ./archive
accounts:
  home: { provider: webdav, url: ${JSON.stringify(server.dav)}, username: ${server.username} }
network: { ca: ${JSON.stringify(server.ca)} }
tokens: file
`,
  )
  return {
    folder: own,
    backup: () =>
      measure(
        holdall(build, ['backup', 'home', '--config', config], {
          HOLDALL_HOME: join(own, 'state'),
          HOLDALL_HOME_PASSWORD: server.password,
        }),
      ),
  }
}

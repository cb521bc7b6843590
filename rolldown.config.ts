import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { defineConfig, type Plugin } from 'rolldown'

/**
 * The program as npm ships it: few files, so that it starts in half the time and needs 40 MB less. What is needed first at some call (the library of
 * an API, the practice cloud) is a file of its own and read then.
 */
export default defineConfig({
  // renewal.js: a program of its own that the other one starts.
  input: { main: 'src/main.ts', renewal: 'src/renewal.ts' },
  platform: 'node',
  // Compiled code for each platform, which npm chooses at installation.
  external: ['@napi-rs/keyring'],
  // Next to main.js, whatever it is called: dist/ is one folder deep, as src/ is.
  output: {
    dir: 'dist',
    format: 'esm',
    minify: { mangle: false, compress: true, codegen: { removeWhitespace: true } },
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    cleanDir: true,
  },
  plugins: [licences()],
})

/** The licences of all packages that went in, as they demand, in one file beside the code. */
function licences(): Plugin {
  return {
    name: 'licences',
    generateBundle(_, bundle) {
      const folders = new Set<string>()
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue
        for (const id of chunk.moduleIds) {
          const folder = /^.*\/node_modules\/(@[^/]+\/)?[^/]+/.exec(id.replaceAll('\\', '/'))?.[0]
          if (folder !== undefined) folders.add(folder)
        }
      }
      this.emitFile({ type: 'asset', fileName: 'LICENCES.txt', source: [...folders].sort().map(licenceOf).join('\n') })
    },
  }
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Record<
    string,
    unknown
  >
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one))
  const text = file === undefined ? `Licence: ${String(license)}\n` : readFileSync(path.join(folder, file), 'utf8')
  return `${'='.repeat(100)}\n${String(name)} ${String(version)}\n\n${text}`
}

#!/usr/bin/env node
// Plain JavaScript that every Node can read: one that is too old gets a sentence and not a syntax error.
const wanted = 24
if (Number(process.versions.node.split('.')[0]) < wanted) {
  process.stderr.write(
    `holdall needs Node.js ${wanted} or newer; this is ${process.versions.node}. In a checkout, npx holdall brings its own after npm ci.\n`,
  )
  process.exitCode = 2
} else {
  start()
}

async function start() {
  const { existsSync } = await import('node:fs')
  const { enableCompileCache } = await import('node:module')
  enableCompileCache?.()
  // Memory before speed: this runs for hours beside other things, on laptops. Downloads make many short-lived buffers outside the heap, and a small
  // young generation frees them soon; a listing's pages outlive it, and V8 would let twice the heap of them pile up, and 64 MB of buffers besides.
  // bench/README.md has what each costs. Other flags of the heap's size have no effect once Node runs.
  const { setFlagsFromString } = await import('node:v8')
  for (const flag of ['--semi-space-growth-factor=1', '--heap-growing-percent=55', '--external-memory-accounted-in-global-limit'])
    setFlagsFromString(flag)
  // A checkout runs its sources; a package has them compiled, since Node strips no types below node_modules.
  const source = new URL('./main.ts', import.meta.url)
  const main = await import(existsSync(source) ? source.href : new URL('../dist/main.js', import.meta.url).href)
  await main.start()
}

import { text } from './content.ts'
import type { SourceWorld } from './harness.ts'

/** Twelve folders, forty files; nested, siblings, an empty folder. */
export async function plant(world: SourceWorld, what: 'with folders' | 'files alone'): Promise<string[]> {
  const paths: string[] = []
  const folder = async (...path: string[]) => {
    if (what === 'files alone') return
    await world.addFolder(path)
    paths.push(path.join(' / '))
  }
  const file = async (...path: string[]) => {
    await world.addFile(path, text(path.join('/')))
    paths.push(path.join(' / '))
  }
  for (let index = 0; index < 4; index++) await file(`top ${index}.txt`)
  for (const name of ['alpha', 'beta', 'gamma', 'empty']) await folder(name)
  for (const name of ['alpha', 'beta']) for (const inner of ['one', 'two', 'three']) await folder(name, inner)
  await folder('alpha', 'one', 'deep')
  await folder('alpha', 'one', 'deep', 'deeper')
  const homes = [
    ['alpha'],
    ['beta'],
    ['gamma'],
    ['alpha', 'one'],
    ['alpha', 'two'],
    ['alpha', 'three'],
    ['beta', 'two'],
    ['alpha', 'one', 'deep', 'deeper'],
    ['beta', 'three'],
  ]
  for (const home of homes) for (let index = 0; index < 4; index++) await file(...home, `file ${index}.txt`)
  return paths.sort()
}

/** Names that every server and a Linux file system can hold. */
export const awkward = [
  'a+b & c;d=e.txt',
  '100% sure #1?.txt',
  "it's (a) [test] {x}!.txt",
  '%41 is not A.txt',
  'カタカナ 漢字.txt',
  'e\u0301 decomposed',
  'é composed',
  '🎓 emoji',
  ' leading and trailing ',
  '...',
  '~tilde',
  'back\\slash',
  'colon: star* "quotes" <tags> |',
  'tab\there',
  'CON',
  'UPPER',
  'upper',
  '-rf',
  `${'long'.repeat(60)}.txt`,
]

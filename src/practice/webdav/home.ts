import { docx, pptx, xlsx } from '../content/office.ts'
import { pdf } from '../content/pdf.ts'
import { jpeg, png, svg } from '../content/picture.ts'
import { prose, text, texts } from '../content/text.ts'
import { zip } from '../content/zip.ts'
import type { WebdavModel } from './model.ts'

/** Names that trouble clients, file systems and archives. No two of them are the same bytes. */
export const oddNames = [
  'one + one.txt',
  'issue #7.txt',
  'why?.txt',
  '%41 is not A.txt',
  '100%.txt',
  'this & that.txt',
  'first; second.txt',
  'two  spaces   inside.txt',
  'quote \' and double " quote.txt',
  '<angle> brackets.txt',
  'a:colon.txt',
  'back\\slash.txt',
  'star * and bar |.txt',
  'trailing dot.',
  'CON.txt',
  'Readme.txt',
  'README.txt',
  'café composed.txt'.normalize('NFC'),
  'café composed.txt'.normalize('NFD'),
  '読書室のあかり.txt',
  'مصباح.txt',
  'दीपक.txt',
  'λάμπα.txt',
  '💡👩🏽‍💻.txt',
  '.hidden',
  '~$lock.docx',
  `${'long '.repeat(47)}x.txt`,
] as const

/**
 * A home directory as it stands on a terminal server, some ten years old: the person's documents, texts in several scripts,
 * pictures, dot files, a few big files (about 30 MB in all, computed), empty files and folders, odd names, deep nesting.
 */
export function fillPracticeHome(model: WebdavModel): void {
  const at = (year: number, month: number, day: number) => ({ modified: new Date(Date.UTC(year, month - 1, day, 14, 5, 9)) })
  dotFiles(model, at(2019, 4, 1))
  model.put('/welcome.txt', text('english'), at(2016, 10, 3))
  documents(model, at)
  pictures(model, at)
  bigFiles(model, at)
  model.mkdir('/Empty folder', at(2021, 5, 5))
  model.put('/Empty file.txt', '', at(2021, 5, 5))
  for (const name of oddNames) model.put(`/Odd names/${name}`, `The name of this file is ${name}\n`, at(2023, 8, 17))
  model.put('/Odd names/folder #1 & more?/inside.txt', 'Found it.\n', at(2023, 8, 17))
  model.put('/Odd names/trailing dot folder./inside.txt', 'Found it too.\n', at(2023, 8, 17))
  let deep = '/Deep'
  for (let level = 1; level <= 24; level++) {
    deep += `/level ${level}`
    model.put(`${deep}/note.txt`, `Level ${level}\n`, at(2020, 2, 29))
  }
}

type At = (year: number, month: number, day: number) => { readonly modified: Date }

function dotFiles(model: WebdavModel, when: { readonly modified: Date }): void {
  model.put('/.bashrc', "alias ll='ls -l'\nexport EDITOR=vi\n", when)
  model.put('/.profile', '[ -f ~/.bashrc ] && . ~/.bashrc\n', when)
  model.put('/.config/editor/settings.json', '{ "tabSize": 2 }\n', when)
  model.put('/.cache/thumbnails.db', { size: 40_000, seed: 11 }, when)
}

function documents(model: WebdavModel, at: At): void {
  const rows = [['Month', 'Books', 'Lamps'], ...Array.from({ length: 24 }, (_, index) => [`${index + 1}`, `${index * 13}`, '40'])]
  model.put('/Documents/Thesis/thesis.docx', docx(['On Lamps', ...prose(120)]), at(2018, 6, 30))
  model.put('/Documents/Thesis/thesis.pdf', pdf(['On Lamps', ...prose(120)]), at(2018, 7, 1))
  model.put('/Documents/Thesis/defence.pptx', pptx(['On Lamps', 'What was found', 'ありがとうございました']), at(2018, 9, 12))
  model.put('/Documents/Thesis/old/thesis draft 1.docx', docx(['On Lamps', ...prose(20)]), at(2017, 11, 20))
  model.put('/Documents/Budget 2024.xlsx', xlsx(rows), at(2024, 1, 15))
  model.put('/Documents/報告書.docx', docx(texts.japanese.split('\n')), at(2025, 3, 31))
  model.put('/Documents/Letters/Επιστολή.pdf', pdf(texts.greek.split('\n')), at(2022, 12, 24))
  model.put('/Documents/notes.md', `# Notes\n\n${prose(12).join('\n\n')}\n`, at(2026, 1, 8))
  for (const name of ['english', 'japanese', 'arabic', 'greek', 'hindi', 'emoji'] as const) {
    model.put(`/Documents/Texts/${name}.txt`, text(name), at(2022, 3, 4))
  }
  const source = zip([
    { name: 'src/main.c', content: '#include <stdio.h>\nint main(void) { puts("lamp"); }\n' },
    { name: 'README', content: texts.english },
  ])
  model.put('/Projects/lamp/lamp-1.0.zip', source, at(2020, 9, 9))
  model.put('/Projects/lamp/src/main.c', '#include <stdio.h>\nint main(void) { puts("lamp"); }\n', at(2020, 9, 9))
  model.put('/Projects/lamp/Makefile', 'lamp: src/main.c\n\tcc -o lamp src/main.c\n', at(2020, 9, 9))
}

function pictures(model: WebdavModel, at: At): void {
  for (let index = 1; index <= 12; index++) {
    const number = String(index).padStart(4, '0')
    model.put(`/Pictures/2024/IMG_${number}.jpg`, jpeg(640, 480, index), at(2024, 7, index))
  }
  model.put('/Pictures/reading room.png', png(400, 300, 5), at(2021, 10, 10))
  model.put('/Pictures/sign.svg', svg('Please put out the lamp 💡'), at(2021, 10, 10))
}

function bigFiles(model: WebdavModel, at: At): void {
  model.put('/Recordings/lecture 1.mp4', { size: 16_777_216, seed: 101 }, at(2025, 4, 10))
  model.put('/Recordings/lecture 2.mp4', { size: 9_999_999, seed: 102 }, at(2025, 4, 17))
  model.put('/Projects/data/measurements.bin', { size: 3_145_729, seed: 103 }, at(2023, 2, 2))
}

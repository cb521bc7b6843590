import { docx } from '../../content/office.ts'
import { pdf } from '../../content/pdf.ts'
import { jpeg, png } from '../../content/picture.ts'
import { prose, texts } from '../../content/text.ts'
import { xmlText } from '../../content/xml-text.ts'
import type { NotesModel } from './notes-model.ts'
import { attachment, inkOf, picture, video } from './page-elements.ts'

/** Ids of what tests come back to. */
export interface PracticeNotes {
  readonly notebook: string
  readonly lectures: string
  readonly lamp: string
  readonly linking: string
  readonly drawn: string
  readonly locked: string
  readonly deletedSection: string
  readonly damagedSection: string
  readonly damagedPage: string
  readonly ghost: string
  readonly hollow: string
  readonly vocabulary: string
}

const paragraphs = (count: number) =>
  prose(count)
    .map((one) => `<p>${xmlText(one)}</p>`)
    .join('\n')

/** Fills the notebooks of a student: pictures, attachments, ink, links, printouts, nested groups, and what goes wrong. */
export function fillPracticeNotes(model: NotesModel): PracticeNotes {
  const { id: notebook } = model.addNotebook('Studies')
  const { id: lectures } = model.addSection(notebook, 'Lectures')
  const { id: lamp } = model.addPage(
    lectures,
    'The lamp in the reading room',
    `<h1 style="font-size:16pt;color:#1e4e79">The lamp</h1>${paragraphs(2)}
<p data-tag="to-do:completed">Draw the lamp</p>
${picture(model, png(480, 320, 3), 'image/png', { alt: 'The lamp, "as it was"', optimised: jpeg(240, 160, 3) })}
${picture(model, jpeg(160, 160, 8), 'image/jpeg', { alt: 'The reader' })}
<p>${attachment(model, 'Ledger <1> & more.pdf', pdf(['The blue ledger', 'Two letters']), 'application/pdf')}</p>
<p>What follows an attachment is not part of it.</p>
${attachment(model, '報告書 final.v2.docx', docx(['A report']), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document')}
${video('https://www.youtube.com/watch?v=3Ztr44aKmQ8', 'https://www.youtube.com/embed/3Ztr44aKmQ8?feature=oembed&autoplay=true')}
<table style="border:0px"><tr><td style="border:0px">Neil</td><td style="border:0px">Commander</td></tr></table>
<p>After the video. <a href="https://en.wikipedia.org/wiki/Oil_lamp">Oil lamps</a></p>`,
  )
  const printout = [0, 1, 2].map((seed) => picture(model, png(320, 420, 20 + seed), 'image/png', { width: 320, height: 420 }))
  model.addPage(
    lectures,
    'Printout',
    `${attachment(model, 'slides.pdf', pdf(['One', 'Two', 'Three']), 'application/pdf')}<div data-id="printout">${printout.join('\n')}</div>`,
    { level: 1 },
  )
  const { id: drawn } = model.addPage(lectures, 'Drawn by hand', '<p>Above the ink.</p><!-- InkNode is not supported -->', {
    ink: inkOf([
      [
        [1000, 3000],
        [1500, 2500],
        [2200, 3300],
        [3000, 2400],
        [3900, 3100],
      ],
      [
        [1200, 4000],
        [4000, 4200],
      ],
    ]),
  })
  const { id: linking } = model.addPage(
    lectures,
    'Links',
    `<p><a href="link:${lamp}">To the lamp</a>, <a href="weblink:${drawn}">to what was drawn</a>,
<a href="onenote:https://d.docs.live.net/0a1b2c3d/Documents/Else.one#Elsewhere&amp;section-id={AAAAAAAA-0000-4000-8000-000000000001}&amp;page-id={AAAAAAAA-0000-4000-8000-000000000002}&amp;end">to a page of somebody else</a>,
<a href="javascript:alert(1)">to a trap</a>, <a href="mailto:mori@example.ac.jp">to Professor Mori</a></p>`,
  )
  // Old pages name the host of the time before Graph.
  model.addPage(
    lectures,
    'From before Graph',
    `${picture(model, png(64, 64, 5), 'image/png', { host: 'onenote' })}${attachment(model, 'old notes.txt', Buffer.from(texts.english), 'text/plain', 'onenote')}`,
    { modified: Date.parse('2015-06-01T08:00:00Z') },
  )
  const { id: ghost } = model.addPage(lectures, 'Listed, and not there', '', { state: 'ghost' })
  const { id: hollow } = model.addPage(lectures, 'There, without content', '', { state: 'hollow' })
  const { id: damagedPage } = model.addPage(lectures, 'The service fails at this one', '', { state: 'corrupt' })

  const { id: terms } = model.addGroup(notebook, 'Terms')
  const { id: spring } = model.addGroup(terms, 'Spring 2024')
  const { id: deepest } = model.addGroup(spring, 'Week 1')
  const { id: monday } = model.addSection(deepest, 'Monday')
  model.addPage(
    monday,
    'Deep down',
    `<p>Up again: <a href="link:${lamp}">the lamp</a></p>${picture(model, png(40, 40, 9), 'image/png')}`,
  )
  model.addGroup(spring, 'Nothing here')
  const { id: odd } = model.addSection(terms, 'Odd titles')
  const oddities = [
    '',
    '',
    'Same',
    'Same',
    'same',
    '🎓📚',
    '../../escape',
    'CON',
    'a/b\\c:d*e?"<f>|',
    '  blank ends  ',
    '100% sure.',
    `${'long '.repeat(80)}end`,
    texts.japanese.split('\n')[0] ?? '',
    'e\u0301 decomposed',
    '<script>alert(1)</script>',
  ]
  for (const [index, title] of oddities.entries()) {
    model.addPage(
      odd,
      title,
      `<p>Number ${index}</p>${picture(model, png(16, 16, 30 + index), 'image/png')}${attachment(model, `${title}.txt`, Buffer.from(title), 'text/plain')}`,
    )
  }
  // Two wrote at once: OneNote keeps both, the second indented and under a name like the first's.
  model.addPage(odd, 'Shared shopping list', '<p>milk</p>')
  model.addPage(odd, 'Shared shopping list', '<p data-tag="important">This page contains conflicting changes.</p><p>bread</p>', {
    level: 1,
  })

  // Whether Graph lists it is not documented; its folder in the drive has this name.
  const { id: bin } = model.addGroup(notebook, 'OneNote_RecycleBin')
  const { id: deletedSection } = model.addSection(bin, 'Given up')
  model.addPage(deletedSection, 'A plan', '<p>Not any more.</p>')

  const { id: locked } = model.addSection(notebook, 'Diary', { state: 'locked' })
  model.addPage(locked, 'Secret', '<p>Nobody reads this.</p>')
  const { id: damagedSection } = model.addSection(notebook, 'Damaged', { state: 'corrupt' })
  const { id: second } = model.addNotebook('Studies')
  const { id: vocabulary } = model.addSection(second, 'Vocabulary')
  for (let number = 1; number <= 130; number += 1) model.addPage(vocabulary, `Lesson ${number}`, `<p>${number}</p>`)
  model.addNotebook('Empty notebook')
  return {
    notebook,
    lectures,
    lamp,
    linking,
    drawn,
    locked,
    deletedSection,
    damagedSection,
    damagedPage,
    ghost,
    hollow,
    vocabulary,
  }
}

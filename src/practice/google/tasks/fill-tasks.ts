import type { TasksModel } from './tasks-model.ts'

/** Ids of what tests come back to. */
export interface PracticeTasks {
  readonly list: string
  readonly parent: string
  readonly hidden: string
  readonly assigned: string
  readonly deleted: string
}

const at = (day: string) => Date.parse(`${day}T09:12:34.567Z`)

/** Fills the task lists of a student: subtasks, done, hidden, assigned and deleted ones, odd texts, equal names, an empty list, and a long one. */
export function fillPracticeTasks(model: TasksModel): PracticeTasks {
  const list = model.addList('My Tasks', { updated: at('2022-04-01') })
  model.addTask(list, 'Return library books', { due: '2025-03-14', updated: at('2025-03-01') })
  const parent = model.addTask(list, 'Move out', {
    notes: 'Keys back to Mr. Tanaka;\nread the meters, take photos.\r\n\r\n\tDo not forget: the bicycle \\ the pump',
    due: '2025-03-31',
    updated: at('2025-02-01'),
  })
  const boxes = model.addTask(list, '箱を買う', { parent, updated: at('2025-02-02') })
  model.addTask(list, 'Large ones', { parent: boxes, updated: at('2025-02-03') })
  model.addTask(list, 'Cancel electricity', { parent, due: '2025-03-20', updated: at('2025-02-03') })
  // Done by another program: still in view.
  model.addTask(list, 'Hand in the form', { completed: at('2024-11-11'), updated: at('2024-11-11') })
  const hidden = model.addTask(list, 'Buy a lamp', { completed: at('2023-05-06'), hidden: true, updated: at('2023-05-06') })
  const hiddenParent = model.addTask(list, 'Summer trip', {
    completed: at('2023-08-30'),
    hidden: true,
    updated: at('2023-08-30'),
  })
  model.addTask(list, 'Tickets', {
    parent: hiddenParent,
    completed: at('2023-07-01'),
    hidden: true,
    updated: at('2023-07-01'),
  })
  const deleted = model.addTask(list, 'Thrown away', { deleted: true, updated: at('2025-01-01') })
  model.addTask(list, '', { notes: 'A task without a title', updated: at('2024-02-29') })
  model.addTask(list, 'Answer Professor Mori', {
    updated: at('2024-10-10'),
    links: [
      { type: 'email', description: 'Re: recommendation', link: 'https://mail.google.com/mail/#all/192f0c3a5b7d9e1f' },
      { type: 'generic', description: '', link: 'https://example.ac.jp/~mori/' },
    ],
  })
  const assigned = model.addTask(list, 'Write chapter 3', {
    due: '2025-01-15',
    updated: at('2024-12-20'),
    assignment: {
      surfaceType: 'DOCUMENT',
      linkToTask: 'https://docs.google.com/document/d/1practiceDocument/edit?disco=task',
      driveResourceInfo: { driveFileId: '1practiceDocument', resourceKey: '0-practicekey' },
    },
  })
  model.addTask(list, 'Bring the projector', {
    updated: at('2024-12-21'),
    completed: at('2024-12-22'),
    hidden: true,
    assignment: {
      surfaceType: 'SPACE',
      linkToTask: 'https://chat.google.com/room/AAAApractice',
      spaceInfo: { space: 'spaces/AAAApractice' },
    },
  })
  model.addTask(list, `${'long '.repeat(204)}end`, {
    notes: 'ノート、'.repeat(2000),
    due: '2099-12-31',
    updated: at('2024-06-06'),
  })
  model.addTask(list, 'BEGIN:VTODO;X="a,b:c"', {
    notes: 'END:VTODO\nEND:VCALENDAR\nbell \u0007 🎓',
    due: '1999-01-01',
    updated: at('2021-01-01'),
  })
  model.addTask(list, 'Its parent is gone', { parent: 'nothing-has-this-id', updated: at('2022-02-22') })
  model.addTask(list, 'Two orders at one place, 1', { position: '00000000000000000099', updated: at('2022-02-22') })
  model.addTask(list, 'Two orders at one place, 2', { position: '00000000000000000099', updated: at('2022-02-22') })

  for (const number of [1, 2]) {
    const twin = model.addList('買い物 / 2024', { updated: at('2024-01-01') })
    model.addTask(twin, `牛乳 ${number}`, { updated: at('2024-01-02') })
  }
  model.addList('Nothing here', { updated: at('2023-01-01') })
  const many = model.addList('Vocabulary', { updated: at('2023-04-01') })
  for (let number = 1; number <= 230; number += 1) {
    const done = number % 3 === 0 ? { completed: at('2024-04-04'), hidden: number % 2 === 0 } : {}
    model.addTask(many, `Lesson ${number}`, { ...done, updated: at('2024-04-04') })
  }
  return { list, parent, hidden, assigned, deleted }
}

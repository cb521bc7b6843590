import { createTasksModel } from '../../../src/practice/google/tasks/tasks-model.ts'
import { tasks } from '../../../src/providers/google/tasks/source.ts'
import { connectRecords } from './records/connect-records.ts'
import { recordContract } from './records/record-contract.ts'

recordContract('Google Tasks', {
  features: tasks.features,
  isRecord: ({ id }) => id.startsWith('task/'),
  async start() {
    const model = createTasksModel({ email: 'student@example.ac.jp' })
    const list = model.addList('My Tasks')
    model.addList('Other')
    const at = await connectRecords(tasks, { tasks: model, pageSize: 12 })
    const ids = new Map<string, string>()
    return {
      ...at,
      add: async (name) => void ids.set(name, model.addTask(list, name)),
      change: async (name) => model.changeTask(list, ids.get(name)!, { notes: 'more' }),
      rename: async (from, to) => model.changeTask(list, ids.get(from)!, { title: to }),
      remove: async (name) => {
        model.removeTask(list, ids.get(name)!)
        model.purge(list)
      },
      refuseTokens: () => at.practice.expirePageTokens(),
      fault: (action, skip) => at.fault(({ path }) => /\/(tasks|lists)$/.test(path), action, skip),
      heal: () => at.practice.clearFaults(),
    }
  },
})

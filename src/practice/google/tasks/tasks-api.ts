import type { Api, ApiRoute } from '../api.ts'
import { refusal } from '../api-error.ts'
import type { TasksModel } from './tasks-model.ts'
import { schemas } from './tasks-tables.ts'

/** A stub: no methods yet. Parameters of each are in `methodParameters` of tasks-tables.ts. */
const routes: readonly ApiRoute<TasksModel>[] = []

/** https://developers.google.com/workspace/tasks/reference/rest */
export const tasksApi: Api<TasksModel> = {
  name: 'tasks',
  host: 'tasks.googleapis.com',
  routes,
  schemas,
  envelope: 'both',
  unitsPerMinute: 600,
  absent: () =>
    refusal(403, 'accessNotConfigured', 'Tasks API has not been used in project 000000000000 before or it is disabled.', {
      domain: 'usageLimits',
    }),
}

import type { Api, ApiRoute } from '../api.ts'
import { refusal } from '../api-error.ts'
import type { PeopleModel } from './people-model.ts'
import { schemas } from './people-tables.ts'

/** A stub: no methods yet. Parameters of each are in `methodParameters` of people-tables.ts. */
const routes: readonly ApiRoute<PeopleModel>[] = []

/** https://developers.google.com/people/api/rest */
export const peopleApi: Api<PeopleModel> = {
  name: 'people',
  host: 'people.googleapis.com',
  routes,
  schemas,
  envelope: 'status',
  unitsPerMinute: 600,
  absent: () =>
    refusal(403, 'accessNotConfigured', 'People API has not been used in project 000000000000 before or it is disabled.', {
      domain: 'usageLimits',
    }),
}

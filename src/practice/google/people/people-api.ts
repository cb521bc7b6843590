import type { Api, ApiRoute } from '../api.ts'
import { refusal } from '../api-error.ts'
import { getContactGroup, listContactGroups } from './contact-groups.ts'
import { getPeople, getPerson, listConnections, listOtherContacts } from './people-lists.ts'
import type { PeopleModel } from './people-model.ts'
import { methodParameters, schemas } from './people-tables.ts'

const auth = (names: string) => names.split(' ').map((name) => `https://www.googleapis.com/auth/${name}`)
const contacts = auth('contacts contacts.readonly')
/** https://developers.google.com/people/api/rest/v1/people/get#authorization-scopes */
const anyone = [
  'profile',
  'email',
  ...auth('contacts contacts.readonly contacts.other.readonly directory.readonly userinfo.email userinfo.profile'),
  ...auth(
    'user.addresses.read user.birthday.read user.emails.read user.gender.read user.organization.read user.phonenumbers.read',
  ),
]

const route = (
  call: string,
  path: RegExp,
  schema: string,
  scopes: readonly string[],
  answer: ApiRoute<PeopleModel>['answer'],
  repeated: readonly string[] = [],
): ApiRoute<PeopleModel> => ({
  method: 'GET',
  path,
  inPath: path.source.includes('(') ? ['resourceName'] : [],
  call,
  scopes,
  parameters: methodParameters[call] ?? [],
  repeated,
  units: 1,
  schema,
  answer,
})

const routes: readonly ApiRoute<PeopleModel>[] = [
  route('people.connections.list', /^\/v1\/(people\/[^/]+)\/connections$/, 'ListConnectionsResponse', contacts, listConnections, [
    'sources',
  ]),
  route('people.getBatchGet', /^\/v1\/people:batchGet$/, 'GetPeopleResponse', anyone, getPeople, ['sources', 'resourceNames']),
  route('people.get', /^\/v1\/(people\/[^/]+)$/, 'Person', anyone, getPerson, ['sources']),
  route('contactGroups.list', /^\/v1\/contactGroups$/, 'ListContactGroupsResponse', contacts, listContactGroups),
  route('contactGroups.get', /^\/v1\/(contactGroups\/[^/]+)$/, 'ContactGroup', contacts, getContactGroup),
  route(
    'otherContacts.list',
    /^\/v1\/otherContacts$/,
    'ListOtherContactsResponse',
    auth('contacts.other.readonly'),
    listOtherContacts,
    ['sources'],
  ),
]

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
      details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'SERVICE_DISABLED', domain: 'googleapis.com' }],
    }),
}

import { createPeopleModel } from '../../../src/practice/google/people/people-model.ts'
import { contacts } from '../../../src/providers/google/contacts/source.ts'
import { connectRecords } from './records/connect-records.ts'
import { recordContract } from './records/record-contract.ts'

const scopes = [...contacts.scopes({ otherContacts: true })]

for (const kind of ['contacts', 'other contacts'] as const) {
  const others = kind === 'other contacts'
  recordContract(`Google Contacts: ${kind}`, {
    features: contacts.features,
    isRecord: ({ id }) => id.startsWith(others ? 'otherContacts/' : 'people/'),
    async start() {
      const people = createPeopleModel({ email: 'student@example.ac.jp' })
      const at = await connectRecords(contacts, { people, pageSize: 12, scopes })
      const ids = new Map<string, string>()
      const fields = (name: string) => ({ names: [{ displayName: name, givenName: name }] })
      return {
        ...at,
        open: () => at.open({ otherContacts: others }),
        add: async (name) => void ids.set(name, others ? people.addOther(fields(name)) : people.addContact(fields(name))),
        change: async (name) => {
          const record = others ? people.others : people.contacts
          record.change(ids.get(name)!, (one) => ({
            ...one,
            fields: { ...one.fields, emailAddresses: [{ value: 'new@example.org' }] },
          }))
        },
        rename: async (from, to) => {
          const record = others ? people.others : people.contacts
          record.change(ids.get(from)!, (one) => ({ ...one, fields: { ...one.fields, ...fields(to) } }))
        },
        remove: async (name) => (others ? people.removeOther(ids.get(name)!) : people.removeContact(ids.get(name)!)),
        refuseTokens: () => {
          people.expireSyncTokens()
          at.practice.expirePageTokens()
        },
        fault: (action, skip) => at.fault(({ path }) => /\/(connections|otherContacts|contactGroups)$/.test(path), action, skip),
        heal: () => at.practice.clearFaults(),
      }
    },
  })
}

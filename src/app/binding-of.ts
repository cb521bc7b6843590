import type { Endpoints, Provider } from '../core/provider.ts'
import type { AccountSettings } from '../settings/settings.ts'
import type { Binding } from '../signin/binding.ts'

/**
 * What a sign-in of an account is for, as its settings stand. A password is for the servers that the settings name; where tokens go follows from the
 * provider's code and the account's own settings, so that those are enough.
 */
export function bindingOf(provider: Provider, endpoints: Endpoints, { client, settings }: AccountSettings): Binding {
  if (provider.signIn.method === 'password') return { provider: provider.id, origins: [...provider.credentialOrigins(endpoints)] }
  const chosen = Object.entries(settings).filter(([, value]) => value !== undefined)
  return {
    provider: provider.id,
    clientId: client?.id,
    settings: Object.fromEntries(chosen.map(([name, value]) => [name, String(value)])),
  }
}

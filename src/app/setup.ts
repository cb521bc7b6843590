import path from 'node:path'
import { probeArchive } from '../archive/probe.ts'
import { findSyncedFolder, refuseSyncedFolder, warnSyncedFolder } from '../archive/synced-folders.ts'
import { realWorld } from '../archive/synced-folders-world.ts'
import type { Language } from '../core/language.ts'
import type { Setup } from '../init/setup.ts'
import { networkOf } from '../settings/complete-settings.ts'
import { type EnvironmentVariables, readEnvironment } from '../settings/environment.ts'
import { type LoadOptions, loadSettings } from '../settings/load-settings.ts'
import { loadProfile, packagedProfiles } from '../settings/profile/load-profile.ts'

export interface SetupOptions {
  /** As settings are read otherwise, without what the command line names. */
  readonly load: Omit<LoadOptions, 'file' | 'text' | 'overrides'>
  readonly env: EnvironmentVariables
  speak(language: Language): void
}

/** What `holdall init` needs of this computer. */
export function createSetup({ load, env, speak }: SetupOptions): Setup {
  const { cwd, home, platform, providers, profiles } = load
  return {
    profiles: () => packagedProfiles(profiles.packaged),
    async profile(wanted) {
      const environment = readEnvironment(load)
      const folder = path.resolve(cwd, environment.folder)
      // There is no settings file yet that could name a certificate: NODE_EXTRA_CA_CERTS and proxies hold.
      const network = networkOf(undefined, { file: undefined, folder, home, environment })
      let shown = false
      const profile = await loadProfile({
        wanted,
        base: cwd,
        folder,
        packaged: profiles.packaged,
        providers,
        async fetch(address) {
          const text = await profiles.fetch?.(address, network)
          shown = text !== undefined
          return text
        },
      })
      return { profile, shown }
    },
    async place(typed) {
      const root = path.resolve(cwd, typed.replace(/^~(?=$|[/\\])/, home))
      const synced = findSyncedFolder(root, realWorld({ platform, env, home }))
      if (synced?.certainty === 'certain') throw refuseSyncedFolder(root, synced)
      return { facts: await probeArchive(root), doubt: synced === undefined ? undefined : warnSyncedFolder(root, synced) }
    },
    check: (file, text) => loadSettings({ ...load, file, text }),
    speak,
  }
}

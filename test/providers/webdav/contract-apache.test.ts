import { chmod, mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import { files } from '../../../src/providers/webdav/files/source.ts'
import { type Apache, hasApache, startApache } from '../../apache.ts'
import { sourceContract, type WorldPath } from '../../contracts/source.ts'
import { connect } from './connect.ts'

const here = hasApache()

for (const auth of ['basic', 'digest'] as const) {
  describe.skipIf(!here)(`Apache 2 with mod_dav, ${auth}`, () => {
    let folder: string
    let apache: Apache
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'holdall-home-'))
      await chmod(folder, 0o755)
      apache = await startApache({ auth, folder })
    })
    afterAll(async () => {
      await apache?.stop()
      await rm(folder, { recursive: true, force: true })
    })
    let serial = 0
    sourceContract(`webdav on Apache (${auth})`, {
      features: files.features,
      // A sound server: what it does wrong is shown by the practice server.
      faults: [],
      names: ['line\nbreak', 'bell\u0007', 'semi;colon,comma', 'x'.repeat(255)],
      start: async () => {
        const home = join(folder, `home ${++serial}`)
        await mkdir(home)
        const place = (path: WorldPath) => join(home, ...path)
        let clock = Date.UTC(2024, 0, 1) / 1000
        /** Apache calls the etag of a file of this very second weak; times of our own are also what differs after a change. */
        const date = async (path: string) => {
          clock += 60
          await utimes(path, clock, clock)
        }
        const put = async (path: WorldPath, bytes: Uint8Array) => {
          await writeFile(place(path), bytes)
          await date(place(path))
        }
        const at = connect({ ...apache, url: `${apache.url}${encodeURIComponent(`home ${serial}`)}` })
        return {
          open: at.open,
          world: {
            addFolder: async (path) => {
              await mkdir(place(path))
            },
            addFile: put,
            changeFile: put,
            move: (from, to) => rename(place(from), place(to)),
            remove: (path) => rm(place(path), { recursive: true }),
          },
          inject: async ({ kind }) => {
            throw new Error(`Apache cannot be told to show ${kind}`)
          },
          heal: async () => {},
          close: async () => {
            await at.close()
            await rm(home, { recursive: true, force: true })
          },
        }
      },
    })
  })
}

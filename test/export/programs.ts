import { spawnSync } from 'node:child_process'

/** Programs of others that read what we export, with the Debian package that has each. */
const programs = { python3: 'python3', dovecot: 'dovecot-imapd', git: 'git' } as const

type Program = keyof typeof programs

/** Whether tests that need a program must be left out; never in CI, where they fail instead. */
export const without = Object.fromEntries(
  Object.keys(programs).map((name) => [
    name,
    spawnSync(name, ['--version'], { env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` } }).status !== 0 &&
      process.env.CI !== 'true',
  ]),
) as Readonly<Record<Program, boolean>>

for (const [name, missing] of Object.entries(without))
  if (missing)
    console.warn(
      `SKIPPED: tests of exported mail with ${name} (Debian package ${programs[name as Program]}), which is not installed here`,
    )

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { Place } from '../journeys/program.ts'

/** Debian packages exfat-fuse and exfatprogs: exFAT outside of the kernel, which may lack it. */
const [driver, format] = ['/usr/sbin/mount.exfat-fuse', '/usr/sbin/mkfs.exfat']

export interface FatDisk {
  /** Where it is mounted. */
  readonly at: string
  /** Takes it out and puts it in again, as a person does who carries it away: what was only in memory is forgotten. */
  again(): void
}

const quietly = (command: string, ...args: readonly string[]) => execFileSync(command, args, { encoding: 'utf8', stdio: 'pipe' })

/** A real exFAT disk of that many bytes (sparse); unmounted and removed when the test ends. Throws where that cannot be done here. */
export function makeExfatDisk(size = 300 * 1024 * 1024): FatDisk {
  const disk = prepare(size)
  onTestFinished(disk.remove)
  return disk
}

function prepare(size: number): FatDisk & { readonly remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'holdall-exfat-'))
  const [image, at] = [path.join(folder, 'image'), path.join(folder, 'disk')]
  mkdirSync(at)
  quietly('truncate', '-s', String(size), image)
  let device: string | undefined
  const mount = () => {
    device = quietly('losetup', '-f', '--show', image).trim()
    quietly(driver, device, at)
    mounted = true
  }
  let mounted = false
  const unmount = (...how: readonly string[]) => {
    if (mounted) quietly('umount', ...how, at)
    mounted = false
    if (device !== undefined) quietly('losetup', '-d', device)
    device = undefined
  }
  try {
    quietly(format, image)
    mount()
  } catch (error) {
    unmount()
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
  return {
    at,
    again() {
      unmount()
      mount()
    },
    remove() {
      // Also where a test failed and a process still has a file open there: nothing stays behind on the computer.
      unmount('--lazy')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Whether this computer can mount such a disk; where not, it is said aloud. */
export const mountsExfat = canMount()

function canMount(): boolean {
  const skipped = (why: string) => {
    process.stderr.write(`\nSKIPPED: copies to a real exFAT disk and to one like FAT32: ${why}\n\n`)
    return false
  }
  if (!existsSync(driver) || !existsSync(format)) {
    if (process.env.CI === 'true')
      throw new Error('Debian packages exfat-fuse and exfatprogs are missing, and CI must not skip what needs them')
    return skipped('they need the Debian packages exfat-fuse and exfatprogs')
  }
  try {
    prepare(16 * 1024 * 1024).remove()
    return true
  } catch (error) {
    return skipped(`mounting is not allowed here (${error instanceof Error ? error.message.split('\n')[0] : error})`)
  }
}

/** The program takes the disk for one of FAT32 (fat32.ts): `named` where the system says so, `largest` bytes for a file. */
export function takeForFat32(
  place: Place,
  at: string,
  options: { readonly named?: boolean; readonly largest?: number } = {},
): void {
  Object.assign(place.env, {
    NODE_OPTIONS: `--import ${new URL('fat32.ts', import.meta.url).href}`,
    HOLDALL_TEST_FAT32: at,
    HOLDALL_TEST_FAT32_NAMED: options.named === false ? 'no' : 'yes',
    ...(options.largest !== undefined && { HOLDALL_TEST_FAT32_LARGEST: String(options.largest) }),
  })
}

/**
 * Imported before the program: below $HOLDALL_TEST_FAT32 the file system answers as Linux's FAT32 does (`$HOLDALL_TEST_FAT32_NAMED=no`: as FAT32 does where the
 * system does not say what it is). Laid over a disk that is exFAT, which folds letter case and knows neither links nor permissions by itself.
 * https://www.kernel.org/doc/html/latest/filesystems/vfat.html, https://learn.microsoft.com/en-us/windows/win32/fileio/filesystem-functionality-comparison
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import path from 'node:path'

const root = process.env.HOLDALL_TEST_FAT32 ?? ''
const named = process.env.HOLDALL_TEST_FAT32_NAMED !== 'no'
/** Bytes of the largest file: 4 GiB - 1, unless a test has a smaller one. */
const largest = Number(process.env.HOLDALL_TEST_FAT32_LARGEST ?? 2 ** 32 - 1)
/** Times are kept in steps of two seconds. */
const step = 2000
const magic = { fat: 0x4d44n, fuse: 0x65735546n }

type Call = (...args: readonly unknown[]) => unknown
type Calls = Record<string, Call>
const [plain, promised] = [fs, fs.promises] as unknown as [Calls, Calls]
const files = new Set<number>()

const isHere = (file: unknown): file is string => typeof file === 'string' && (file === root || file.startsWith(root + path.sep))

function refusal(code: string, call: string, file?: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: refused as FAT32 does, ${call} '${file ?? ''}'`), {
    code,
    syscall: call,
    ...(file !== undefined && { path: file }),
  })
}

/** What is wrong with the call, or undefined. */
type Check = (args: readonly unknown[], call: string) => NodeJS.ErrnoException | undefined

/** Characters and ends of names that Windows, and so FAT, does not have. */
const names: Check = (args, call) => {
  for (const file of args.filter(isHere))
    for (const name of file.slice(root.length).split(path.sep))
      if (/[<>:"|?*\\\u0000-\u001f]|.[. ]$/.test(name)) return refusal('EINVAL', call, file)
  return undefined
}
const nothing: Check = (args, call) => (args.some(isHere) ? refusal('EPERM', call) : undefined)
const end: Check = ([fd, length = 0], call) =>
  files.has(fd as number) && (length as number) > largest ? refusal('EFBIG', call) : undefined
const written: Check = ([fd, , , length, position], call) =>
  files.has(fd as number) && Number(position) + Number(length) > largest ? refusal('EFBIG', call) : undefined

/** Puts a check before a call in its three forms. */
function guard(call: string, check: Check): void {
  const [sync, later, inPromise] = [plain[`${call}Sync`], plain[call], promised[call]]
  if (sync !== undefined)
    plain[`${call}Sync`] = (...args) => {
      const error = check(args, call)
      if (error !== undefined) throw error
      return sync(...args)
    }
  if (later !== undefined)
    plain[call] = (...args) => {
      const error = check(args, call)
      if (error === undefined) return later(...args)
      queueMicrotask(() => (args.at(-1) as (error: Error) => void)(error))
      return undefined
    }
  if (inPromise !== undefined)
    promised[call] = async (...args) => {
      const error = check(args, call)
      if (error !== undefined) throw error
      return inPromise(...args)
    }
}

for (const call of ['open', 'mkdir', 'rename', 'writeFile']) guard(call, names)
for (const call of ['link', 'symlink']) guard(call, nothing)
guard('ftruncate', end)
guard('write', written)

const { openSync, open, statfs } = { openSync: plain.openSync!, open: plain.open!, statfs: promised.statfs! }
plain.openSync = (...args) => {
  const fd = openSync(...args) as number
  if (isHere(args[0])) files.add(fd)
  return fd
}
plain.open = (...args) => {
  const done = args.at(-1) as (error: Error | null, fd: number) => void
  return open(...args.slice(0, -1), (error: Error | null, fd: number) => {
    if (error === null && isHere(args[0])) files.add(fd)
    done(error, fd)
  })
}
const openHandle = promised.open!
promised.open = async (...args) => {
  const handle = (await openHandle(...args)) as fs.promises.FileHandle
  if (isHere(args[0])) {
    const truncate = handle.truncate.bind(handle)
    handle.truncate = async (length) => {
      if ((length ?? 0) > largest) throw refusal('EFBIG', 'ftruncate')
      return truncate(length)
    }
  }
  return handle
}
for (const call of ['close', 'closeSync']) {
  const close = plain[call]!
  plain[call] = (...args) => {
    files.delete(args[0] as number)
    return close(...args)
  }
}

promised.statfs = async (...args) => {
  const stats = (await statfs(...args)) as fs.BigIntStatsFs
  if (isHere(args[0])) stats.type = named ? magic.fat : magic.fuse
  return stats
}

function stepped(stats: unknown): unknown {
  if (stats instanceof fs.Stats) stats.mtimeMs = Math.floor(stats.mtimeMs / step) * step
  return stats
}
for (const call of ['lstat', 'stat']) {
  const [sync, inPromise] = [plain[`${call}Sync`]!, promised[call]!]
  plain[`${call}Sync`] = (...args) => (isHere(args[0]) ? stepped(sync(...args)) : sync(...args))
  promised[call] = async (...args) => (isHere(args[0]) ? stepped(await inPromise(...args)) : inPromise(...args))
}
syncBuiltinESMExports()

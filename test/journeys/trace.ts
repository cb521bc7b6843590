/** A system call that strace saw, with the lines of its begin and its end: one that ended before another began came first. */
export interface Call {
  readonly name: string
  /** As strace prints them. */
  readonly args: string
  /** What it returned; negative: it failed. */
  readonly result: number
  readonly begin: number
  readonly end: number
}

/**
 * Reads what `strace -f -y -o FILE` wrote. Threads interleave: `write(… <unfinished ...>` of one is followed by lines of others, until `<... write
 * resumed>` ends it. Calls that never end (the process was killed in them) are left out.
 */
export function parseTrace(text: string): Call[] {
  const calls: Call[] = []
  const open = new Map<string, { name: string; args: string; begin: number }>()
  for (const [index, line] of text.split('\n').entries()) {
    const [, thread = '', rest = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? []
    const resumed = /^<\.\.\. (\w+) resumed>(.*)$/.exec(rest)
    if (resumed !== null) {
      const before = open.get(thread)
      open.delete(thread)
      if (before === undefined || before.name !== resumed[1])
        throw new Error(`line ${index + 1} resumes what did not begin: ${line}`)
      finish(before, before.args + (resumed[2] ?? ''), index)
      continue
    }
    const [, name, args] = /^(\w+)\((.*)$/.exec(rest) ?? []
    if (name === undefined || args === undefined) continue
    const unfinished = /^(.*)<unfinished \.\.\.>$/.exec(args)
    if (unfinished === null) finish({ name, begin: index }, args, index)
    else open.set(thread, { name, args: (unfinished[1] ?? '').trimEnd(), begin: index })
  }
  return calls.toSorted((a, b) => a.begin - b.begin)

  function finish({ name, begin }: { name: string; begin: number }, whole: string, end: number): void {
    const [, args, result] = /^(.*)\)\s+= (-?\d+)/.exec(whole) ?? []
    if (args !== undefined) calls.push({ name, args, result: Number(result), begin, end })
  }
}

/** The path of the file that a call is about, by its first argument: `24</a/b>`. */
export function fileOf({ args }: Call): string | undefined {
  return /^\d+<([^>]*)>/.exec(args)?.[1]
}

/** The two paths of a rename. */
export function renameOf(call: Call): { readonly from: string; readonly to: string } | undefined {
  if (!call.name.startsWith('rename') || call.result < 0) return undefined
  const [from, to] = [...call.args.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((found) => found[1] ?? '')
  return from === undefined || to === undefined ? undefined : { from, to }
}

export const isSync = ({ name, result }: Call) => (name === 'fsync' || name === 'fdatasync') && result === 0
export const isWrite = ({ name, result }: Call) => /^(p?write(64|v|v2)?|ftruncate)$/.test(name) && result >= 0

import type { ChildProcess, SpawnOptions } from 'node:child_process'

export interface StayAwakeOptions {
  readonly platform: NodeJS.Platform
  /** `spawn` of node:child_process. */
  readonly spawn: (command: string, args: readonly string[], options: SpawnOptions) => ChildProcess
  /** This process; macOS' helper ends with it. */
  readonly pid: number
  /** Told once, where the system does not allow it. */
  readonly notice: (message: string) => void
}

interface Helper {
  readonly command: string
  readonly args: readonly string[]
}

/**
 * SetThreadExecutionState(ES_CONTINUOUS | ES_SYSTEM_REQUIRED) = 0x80000001 holds as long as the thread that called it lives; it then waits
 * for the end of its standard input. https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-setthreadexecutionstate
 */
const powershell = [
  `$power = Add-Type -PassThru -Namespace Holdall -Name Power -MemberDefinition '[DllImport("kernel32.dll")] public static extern uint SetThreadExecutionState(uint flags);'`,
  'if ($power::SetThreadExecutionState([uint32]2147483649) -eq 0) { exit 1 }',
  '[void][Console]::In.ReadToEnd()',
].join('; ')

/** Each helper ends by itself when this process dies, however it dies: it waits for a pid or for the end of its input. */
function helperOf(platform: NodeJS.Platform, pid: number): Helper | undefined {
  switch (platform) {
    case 'darwin':
      // By its path: other systems have a different program of this name. `man caffeinate`: -i no idle sleep, -w as long as that pid lives.
      return { command: '/usr/bin/caffeinate', args: ['-i', '-w', String(pid)] }
    case 'win32':
      return { command: 'powershell.exe', args: ['-NoProfile', '-NonInteractive', '-Command', powershell] }
    case 'linux':
      // https://www.freedesktop.org/software/systemd/man/latest/systemd-inhibit.html: held as long as the command runs.
      return {
        command: 'systemd-inhibit',
        args: ['--what=idle:sleep', '--who=Holdall', '--why=A backup is running', '--mode=block', 'cat'],
      }
    default:
      return undefined
  }
}

/**
 * Asks the system not to fall asleep until `release`. Best effort: it never throws, never keeps the process alive, and what a backup
 * needs is not that this works but that a run goes on after a sleep.
 */
export function stayAwake({ platform, spawn, pid, notice }: StayAwakeOptions): { release(): void } {
  let over = false
  let child: ChildProcess | undefined
  const refused = (why: string) => {
    if (over) return
    over = true
    notice(`the computer may fall asleep during this run (${why}); the run goes on when it wakes`)
  }
  const release = () => {
    over = true
    child?.stdin?.destroy()
    child?.kill()
  }

  const helper = helperOf(platform, pid)
  if (helper === undefined) {
    refused('no way to keep this system awake is known')
    return { release }
  }
  try {
    child = spawn(helper.command, helper.args, { stdio: ['pipe', 'ignore', 'ignore'], windowsHide: true })
    child.on('error', (error: NodeJS.ErrnoException) =>
      refused(`${helper.command}: ${error.code === 'ENOENT' ? 'not found' : error.message}`),
    )
    // Ended by a signal: the person's Ctrl-C reaches it too, and is no refusal.
    child.on('exit', (code) => code !== null && code !== 0 && refused(`${helper.command} was refused`))
    // The pipe breaks when the helper dies first.
    child.stdin?.on('error', () => undefined)
    child.unref()
    const { stdin } = child
    if (stdin !== null && 'unref' in stdin && typeof stdin.unref === 'function') stdin.unref()
  } catch (error) {
    refused(`${helper.command}: ${error instanceof Error ? error.message : String(error)}`)
  }
  return { release }
}

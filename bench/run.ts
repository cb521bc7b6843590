import { cpus, loadavg, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { benchExport } from './export-mail.ts'
import { benchLargeFiles } from './large-files.ts'
import { benchListing } from './listing.ts'
import { benchMail, benchMailbox } from './mail.ts'
import { benchMailPace } from './mail-pace.ts'
import { benchOneDrive } from './onedrive.ts'
import { benchOneDriveRerun } from './onedrive-rerun.ts'
import { backends } from './rclone.ts'
import { benchSmallFiles } from './small-files.ts'
import { benchStart } from './start.ts'
import { benchZoom } from './zoom.ts'

const usage = `npm run bench -- [BENCHMARK…] [options]

  large    a few large files by WebDAV over TLS, beside rclone     --files 8  --size 256 (MB)
  small    many small files the same way, and the run after that   --count 20000
  start    from start to first request
  list     a plan over many items of a practice Drive               --items 1000000

  mail     messages of a practice Gmail without a quota, small and of 25 MB        --messages 20000  --large 20
  pace     messages a minute of a practice Gmail that enforces its quota           --minutes 30  --speed 1 (how many times as fast the clocks run)
  mailbox  a plan over many messages and one after that; with --whole a backup and one after that   --mailbox 200000
  export   saved mail as mbox and Maildir                           --messages 20000  --large 20

  onedrive         a practice OneDrive, large files and small, beside rclone and curl    --files 8  --size 256 (MB)  --count 20000 (0: none of these)
  onedrive-rerun   a plan over many items of a practice OneDrive, and after ten changes  --items 1000000
  zoom             recordings of a practice Zoom, beside curl                            --files 8  --size 256 (MB)

  --peers webdav,https,onedrive   how rclone takes part; by WebDAV and OneDrive it takes four minutes for 20,000 files

  Without names: all. --rounds N (default 3). Without the other options a quick try: 4 x 64 MB, 2,000 files, 100,000 items,
  2,000 messages and 4 large ones, 4 minutes at ten times the speed, a mailbox of 20,000.
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '3' },
    files: { type: 'string', default: '4' },
    size: { type: 'string', default: '64' },
    count: { type: 'string', default: '2000' },
    items: { type: 'string', default: '100000' },
    peers: { type: 'string', default: 'webdav,https,onedrive' },
    messages: { type: 'string', default: '2000' },
    large: { type: 'string', default: '4' },
    minutes: { type: 'string', default: '4' },
    speed: { type: 'string', default: '10' },
    mailbox: { type: 'string', default: '20000' },
    whole: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
const named = values.peers.split(',')
const peers = backends.filter((backend) => named.includes(backend))

const benchmarks: Readonly<Record<string, () => Promise<void>>> = {
  large: () => benchLargeFiles({ rounds, peers, count: Number(values.files), size: Number(values.size) }),
  small: () => benchSmallFiles({ rounds, peers, count: Number(values.count) }),
  start: () => benchStart({ rounds: Math.max(5, rounds) }),
  list: () => benchListing({ items: Number(values.items) }),
  mail: () => benchMail({ rounds, count: Number(values.messages), large: Number(values.large) }),
  pace: () => benchMailPace({ minutes: Number(values.minutes), speed: Number(values.speed) }),
  mailbox: () => benchMailbox({ messages: Number(values.mailbox), whole: values.whole }),
  export: () => benchExport({ count: Number(values.messages), large: Number(values.large) }),
  onedrive: () =>
    benchOneDrive({
      rounds,
      files: Number(values.files),
      size: Number(values.size),
      count: Number(values.count),
      withRclone: named.includes('onedrive'),
    }),
  'onedrive-rerun': () => benchOneDriveRerun({ items: Number(values.items) }),
  zoom: () => benchZoom({ rounds, files: Number(values.files), size: Number(values.size) }),
}

const unknown = positionals.find((name) => benchmarks[name] === undefined)
if (values.help || unknown !== undefined) {
  process.stderr.write(unknown === undefined ? usage : `there is no benchmark "${unknown}"\n\n${usage}`)
  process.exitCode = unknown === undefined ? 0 : 2
} else {
  const [processor] = cpus()
  process.stdout.write(
    `${cpus().length} x ${processor?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, load ${loadavg()[0]!.toFixed(2)} at the start\n`,
  )
  for (const name of positionals.length > 0 ? positionals : Object.keys(benchmarks)) await benchmarks[name]!()
  process.stdout.write(`\nLoad ${loadavg()[0]!.toFixed(2)} at the end (one minute; the benchmark itself counts)\n`)
}

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeCertificate } from '../src/practice/certificate.ts'
import { createMailbox } from '../src/practice/google/gmail/mailbox.ts'
import { createDriveModel } from '../src/practice/google/model.ts'
import { startPracticeGoogle } from '../src/practice/google/practice-google.ts'
import { type QuickClock, quickNow } from './quick-clock.ts'

export interface MailServerOptions {
  readonly home: string
  readonly messages: readonly { readonly count: number; readonly bytes?: number }[]
  readonly quota?: { readonly unitsPerMinute: number; readonly window: 'clock' | 'sliding' }
  readonly clock?: QuickClock
  /** How many times faster than the real service the program may ask; default: as there. */
  readonly pace?: number
}

/** What came in one minute, counted from the first message asked for. */
export interface MailMinute {
  fine: number
  refused: number
  units: number
}

// A practice Gmail as a process of its own, so that its CPU and memory are not counted as the program's. Started by mail-place.ts; it
// answers each message with the minutes so far.
const { home, messages, quota, clock, pace } = JSON.parse(process.argv[2]!) as MailServerOptions
const tls = await makeCertificate()
const model = createDriveModel()
const mailbox = createMailbox({ email: model.me.email })
for (const { count, bytes } of messages) mailbox.addSynthetic(count, bytes === undefined ? {} : { bytes })
const practice = await startPracticeGoogle({
  tls,
  model,
  mailbox,
  ...(clock !== undefined && { clock: { now: () => quickNow(clock) } }),
})
practice.setApiQuota('gmail', quota)
const { id, secret } = practice.client
await writeFile(join(home, 'practice.json'), JSON.stringify({ endpoints: { google: practice.endpoints }, ca: tls.ca, pace }))
await writeFile(
  join(home, 'holdall.yaml'),
  `archive: ./archive
accounts:
  google: { provider: google, client: { id: ${JSON.stringify(id)}, secret: ${JSON.stringify(secret)} }, sources: [gmail] }
tokens: file
`,
)
process.on('message', () => {
  const calls = practice.requests.filter(({ host }) => host === 'gmail.googleapis.com')
  const began = calls.find(({ call }) => call === 'gmail.users.messages.get')?.time ?? Number.POSITIVE_INFINITY
  const minutes: MailMinute[] = []
  for (const { time, status, units = 0 } of calls) {
    const minute = Math.floor((time - began) / 60_000)
    if (!(minute >= 0)) continue
    minutes[minute] ??= { fine: 0, refused: 0, units: 0 }
    if (status === 403 || status === 429) minutes[minute].refused += 1
    else {
      minutes[minute].fine += 1
      minutes[minute].units += units
    }
  }
  process.send!({ minutes: Array.from(minutes, (minute) => minute ?? { fine: 0, refused: 0, units: 0 }), requests: calls.length })
})
process.send!('ready')

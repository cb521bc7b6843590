import { makeCertificate } from '../src/practice/certificate.ts'
import { movie } from '../src/practice/content/movie.ts'
import { createRecordingsModel } from '../src/practice/zoom/model.ts'
import { startPracticeZoom } from '../src/practice/zoom/practice-zoom.ts'
import type { Tree } from './tree.ts'

/** Recordings, and bytes of each. */
export interface ZoomShape {
  readonly count: number
  readonly size: number
}

export interface ZoomInfo {
  readonly tree: Tree
  readonly ca: string
  readonly endpoints: Readonly<Record<string, string>>
  /** The client without a secret. */
  readonly client: string
  /** Of all recordings, at the host that redirects. */
  readonly addresses: readonly string[]
}

/** An access token, which ends the sign-ins before it, as at the real service; or what no client may do and was done since this was asked last. */
export type ZoomQuestion = 'token' | 'violations'

// A practice Zoom as a process of its own. Started by zoom.ts.
const { count, size } = JSON.parse(process.argv[2]!) as ZoomShape
const tls = await makeCertificate()
const model = createRecordingsModel()
const tokens: string[] = []
let bytes = 0
for (let n = 0; n < count; n++) {
  const meeting = model.addMeeting(`Lecture ${n + 1}`, { start: Date.UTC(2024, 3, 1 + n, 1) })
  const content = movie({ kind: 'video', seconds: 5400, mediaBytes: size, seed: n + 1 })
  tokens.push(model.addFile(meeting, 'shared-screen-with-speaker', content).token)
  bytes += content.size
}
const practice = await startPracticeZoom({ tls, model })
let seen = 0
process.on('message', (question: ZoomQuestion) => {
  if (question === 'token') process.send!(practice.issueTokens().accessToken)
  else {
    const news = practice.violations.slice(seen)
    seen = practice.violations.length
    process.send!([...news, ...practice.errors.map(String)])
  }
})
const info: ZoomInfo = {
  tree: { files: count, bytes },
  ca: tls.ca,
  endpoints: { ...practice.endpoints },
  client: practice.client.publicId,
  addresses: tokens.map((token) => `${practice.endpoints.download}rec/download/${token}`),
}
process.send!(info)

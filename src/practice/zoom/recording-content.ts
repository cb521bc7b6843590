import { movie } from '../content/movie.ts'
import { jpeg } from '../content/picture.ts'
import { type Ranged, ranged } from '../content/ranged.ts'
import { prose } from '../content/text.ts'
import { webvtt } from '../content/webvtt.ts'
import type { FileKind } from './recorded-file.ts'

export interface ContentOptions {
  /** Other seeds, other bytes. */
  readonly seed: number
  /** Bytes of pictures or sound; default some ten thousand. */
  readonly mediaBytes?: number
}

/** What a file of a kind holds: small, and of the format that its extension says. */
export function recordingContent(kind: FileKind, { seed, mediaBytes }: ContentOptions): Ranged {
  const make = makers[kind]
  if (make !== undefined) return ranged(Buffer.from(make(seed)))
  const audio = kind === 'audio' || kind === 'interpretation' || kind === 'participant-audio'
  return movie({
    kind: audio ? 'audio' : 'video',
    seconds: 120,
    seed,
    mediaBytes: mediaBytes ?? (audio ? 9000 : 30_000) + (seed % 977),
  })
}

const makers: Readonly<Partial<Record<FileKind, (seed: number) => Uint8Array | string>>> = {
  transcript: (seed) => webvtt(spoken(seed, 'Practice Lecturer: ')),
  captions: (seed) => webvtt(spoken(seed, '')),
  chat: (seed) =>
    `00:01:${two(seed % 60)}\t山田 花子:\tMay I ask something?\r\n00:02:${two((seed * 7) % 60)}\tPractice Lecturer:\tPlease 👍\r\n`,
  'chat-messages': (seed) => json({ messages: [{ id: seed, sender: '山田 花子', message: 'May I ask something?' }] }),
  timeline: timeline,
  timestamps: timeline,
  poll: (seed) =>
    `#,User Name,User Email,Submitted Date/Time,Question ${seed}\r\n1,"Yamada, Hanako",hanako@practice.example,2024-04-01 10:01:02,Yes\r\n`,
  summary: (seed) =>
    json({ overall_summary: prose(1 + (seed % 2)).join('\n'), items: [{ label: 'Groups', summary: 'What a group is.' }] }),
  'next-steps': (seed) => json({ next_steps: [`Exercise ${seed}`] }),
  chapters: (seed) => json({ chapters: [{ title: `Chapter ${seed}`, start: '00:00:05' }] }),
  thumbnail: (seed) => jpeg(64, 36, seed),
  novel: (seed) => `HLG1 ${seed}\n`,
}

const json = (value: unknown): string => JSON.stringify(value)
const two = (value: number): string => String(value).padStart(2, '0')

function timeline(seed: number): string {
  return json({ timeline: [{ ts: '00:00:01.000', users: [{ username: 'Practice Lecturer', zoom_userid: String(seed) }] }] })
}

function spoken(seed: number, speaker: string) {
  return prose(3 + (seed % 3)).map((text, index) => ({ from: index * 4000 + 500, to: index * 4000 + 3900, text: speaker + text }))
}

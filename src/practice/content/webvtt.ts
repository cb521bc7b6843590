export interface Cue {
  /** Milliseconds from the beginning. */
  readonly from: number
  readonly to: number
  readonly text: string
}

/** Captions as WebVTT, UTF-8. https://www.w3.org/TR/webvtt1/ */
export function webvtt(cues: readonly Cue[]): Uint8Array {
  const blocks = cues.map(({ from, to, text }, index) => `${index + 1}\r\n${time(from)} --> ${time(to)}\r\n${text}\r\n`)
  return Buffer.from(['WEBVTT\r\n', ...blocks].join('\r\n'))
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(11, 23)
}

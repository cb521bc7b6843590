import { Failure } from '../../../core/failure.ts'
import type { RecordingsApi } from './api.ts'
import { isWebinar } from './item.ts'
import type { RecordedMeeting } from './schema.ts'
import type { RecordingSettings } from './settings.ts'

/** Of which kinds of meetings Zoom once told who took part; meetings and webinars are two rights. */
export type Told = readonly ('meeting' | 'webinar')[]

/** Whether Zoom tells this app who took part: the right may be given, or the setting changed, long after a meeting was saved without its participants. */
export interface ParticipantsRight {
  /** Now. Asked for once a kind, of the first meeting that it matters for; where that fails for another reason, it is not known, and so no. */
  now(meeting: RecordedMeeting, signal: AbortSignal): Promise<boolean>
  /** Now or earlier: one that is withdrawn must not have what was saved made anew without its participants. */
  ever(meeting: RecordedMeeting, signal: AbortSignal): Promise<boolean>
  told(): Told
}

/** `told`: what earlier listings learned. */
export function createParticipantsRight(api: RecordingsApi, settings: RecordingSettings, told: Told): ParticipantsRight {
  const answers = new Map<Told[number], boolean>()
  const ever = new Set(told)

  const now: ParticipantsRight['now'] = async ({ uuid, type }, signal) => {
    const kind = isWebinar(type) ? 'webinar' : 'meeting'
    if (!settings.participants) return false
    const known = answers.get(kind)
    if (known !== undefined) return known
    const answer = await ask(kind, uuid, signal)
    if (answer !== undefined) answers.set(kind, answer)
    if (answer === true) ever.add(kind)
    return answer === true
  }

  async function ask(kind: Told[number], uuid: string, signal: AbortSignal): Promise<boolean | undefined> {
    try {
      await api.participants(kind, uuid, undefined, signal)
      return true
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof Failure)) throw error
      // Those of an older meeting are gone, which only who may ask is told.
      if (error.kind === 'gone') return true
      return error.kind === 'signin' || error.kind === 'forbidden' ? false : undefined
    }
  }

  return {
    now,
    ever: async (meeting, signal) => (await now(meeting, signal)) || ever.has(isWebinar(meeting.type) ? 'webinar' : 'meeting'),
    told: () => [...ever].sort(),
  }
}

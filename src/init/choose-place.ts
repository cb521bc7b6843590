import { Failure } from '../core/failure.ts'
import { pathTyped } from './picks.ts'
import type { ArchivePlace, Setup } from './setup.ts'
import type { Talk } from './talk.ts'

const usual = './archive'

/** Asks for the folder of the archive until there is one that can hold it. Returns it as typed. */
export async function choosePlace(setup: Pick<Setup, 'place'>, talk: Talk): Promise<string> {
  const { init, language } = talk.words
  talk.say('')
  talk.say(init.placeTitle)
  for (;;) {
    const folder = pathTyped(await talk.ask(init.whichPlace(usual))) || usual
    try {
      const place = await setup.place(folder)
      for (const line of placeLines(place, talk)) talk.say(line, '  ')
      if (place.doubt === undefined || (await talk.yes(init.useAnyway, false))) return folder
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== 'disk') throw error
      const { message, hint } = error.said(language)
      for (const sentence of [message, ...(hint === undefined ? [] : [hint])]) talk.say(told(sentence, talk), '  ')
    }
  }
}

const told = (sentence: string, { words }: Talk) => words.tell(sentence) ?? sentence

/** What was found out about the folder, for a person who knows no file systems. */
export function placeLines({ facts, doubt }: ArchivePlace, talk: Pick<Talk, 'words'>): string[] {
  const { init, format, tell } = talk.words
  return [
    init.place(facts.root, facts.isNew),
    init.free(format.size(facts.freeBytes), facts.fileSystem),
    ...(facts.largestFile === undefined ? [] : [init.largestFile(format.size(facts.largestFile))]),
    ...(facts.longNames ? [] : [init.shortNames]),
    ...(doubt === undefined ? [] : [tell(doubt) ?? doubt]),
  ]
}

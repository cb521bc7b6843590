import { Failure } from '../core/failure.ts'
import type { Provider } from '../core/provider.ts'
import { describeProfile } from '../settings/profile/describe-profile.ts'
import type { Profile } from '../settings/profile/load-profile.ts'
import { pathTyped } from './picks.ts'
import { profileLines } from './profile-lines.ts'
import type { Setup } from './setup.ts'
import type { Talk } from './talk.ts'

/** Offers the profiles that come with the program, a file, an address, or none; undefined: none. */
export async function chooseProfile(
  setup: Pick<Setup, 'profiles' | 'profile'>,
  providers: readonly Provider[],
  talk: Talk,
): Promise<Profile | undefined> {
  const { init, language } = talk.words
  const packaged = await Promise.all((await setup.profiles()).map(async (name) => (await setup.profile(name)).profile))
  const names = packaged.map(({ facts, wanted }) => `${facts.name[language]} (${wanted})`)
  for (;;) {
    talk.say('')
    const picked = await talk.one(init.whichProfile, [init.noProfile, ...names, init.otherProfile], 0)
    if (picked === 0) return undefined
    const wanted = packaged[picked - 1]?.wanted ?? pathTyped(await talk.ask(init.whichOtherProfile))
    if (wanted === '') continue
    const profile = await load(wanted, setup, providers, talk)
    if (profile !== undefined) return profile
  }
}

/** Reads a profile and shows what it would set; undefined: it cannot be used, and that was said. */
async function load(
  wanted: string,
  setup: Pick<Setup, 'profile'>,
  providers: readonly Provider[],
  talk: Talk,
): Promise<Profile | undefined> {
  try {
    const { profile, shown } = await setup.profile(wanted)
    if (!shown) showProfile(profile, providers, talk)
    return profile
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === 'bug') throw error
    const { message, hint } = error.said(talk.words.language)
    for (const line of [...message.split('\n'), ...(hint === undefined ? [] : [hint])])
      talk.say(talk.words.tell(line) ?? line, '  ')
    return undefined
  }
}

/** All that acts is shown, and what asks for wider rights, wherever the profile comes from. */
export function showProfile(profile: Profile, providers: readonly Provider[], { words, say }: Pick<Talk, 'words' | 'say'>): void {
  for (const line of profileLines(describeProfile(profile, providers, words.language), profile.wanted, words)) {
    const text = line.trimStart()
    say(text, ' '.repeat(line.length - text.length))
  }
}

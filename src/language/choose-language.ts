import { type Language, languages } from '../core/language.ts'

/**
 * The language of a person's computer: the first of LC_ALL, LC_MESSAGES and LANG that is set
 * (https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html), else the system's own (`locale`, a BCP 47 tag); English where it is none of ours.
 */
export function languageOf(env: Readonly<Record<string, string | undefined>>, locale: string): Language {
  const set = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value !== undefined && value !== '') ?? locale
  return languages.find((language) => new RegExp(`^${language}(?:[-_.@]|$)`, 'i').test(set)) ?? 'en'
}

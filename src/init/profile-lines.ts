import type { Words } from '../language/words.ts'
import type { ProfileDescription } from '../settings/profile/describe-profile.ts'

/** What a person reads of a profile before it is used. */
export function profileLines(
  { name, page, help, lastDay, lastDayRule, accounts }: ProfileDescription,
  address: string,
  { profile, format }: Words,
): string[] {
  return [
    profile.shown(name, address),
    ...(page === undefined ? [] : [`  ${profile.page(page)}`]),
    ...(help === undefined ? [] : [`  ${profile.help(help)}`]),
    ...(lastDay === undefined ? [] : [`  ${profile.lastDay(format.date(lastDay))}`]),
    ...(lastDay !== undefined || lastDayRule === undefined ? [] : [`  ${profile.lastDay(lastDayRule)}`]),
    ...accounts.flatMap(({ provider, settings, widened }) => [
      `  ${profile.settings(provider)}`,
      ...settings.map((setting) => `    ${setting}`),
      ...(widened.length === 0 ? [] : [`    ${profile.widened(widened.join(' '))}`]),
    ]),
    ...(accounts.length === 0 ? [`  ${profile.nothing}`] : []),
  ]
}

/** The languages that Holdall speaks. */
export const languages = ['en', 'ja'] as const

export type Language = (typeof languages)[number]

/** The same words in every language, where they belong to one thing (a provider's guide, say); the program's own words stand in `language/`. */
export type Localised<T = string> = Readonly<Record<Language, T>>

import type { Language } from '../core/language.ts'
import { accountsElsewhere as accountsElsewhereInEnglish } from './en/accounts-elsewhere.ts'
import { commands as commandsInEnglish } from './en/commands.ts'
import { connect as connectInEnglish } from './en/connect.ts'
import { forecast as forecastInEnglish } from './en/forecast.ts'
import { init as initInEnglish } from './en/init.ts'
import { leave as leaveInEnglish } from './en/leave.ts'
import { plan as planInEnglish } from './en/plan.ts'
import { profile as profileInEnglish } from './en/profile.ts'
import { readme as readmeInEnglish } from './en/readme.ts'
import { reasons as reasonsInEnglish } from './en/reasons.ts'
import { report as reportInEnglish } from './en/report.ts'
import { run as runInEnglish } from './en/run.ts'
import { summary as summaryInEnglish } from './en/summary.ts'
import { transfer as transferInEnglish } from './en/transfer.ts'
import { type Formats, formats } from './formats.ts'
import { accountsElsewhere as accountsElsewhereInJapanese } from './ja/accounts-elsewhere.ts'
import { commands as commandsInJapanese } from './ja/commands.ts'
import { connect as connectInJapanese } from './ja/connect.ts'
import { forecast as forecastInJapanese } from './ja/forecast.ts'
import { init as initInJapanese } from './ja/init.ts'
import { leave as leaveInJapanese } from './ja/leave.ts'
import { plan as planInJapanese } from './ja/plan.ts'
import { profile as profileInJapanese } from './ja/profile.ts'
import { readme as readmeInJapanese } from './ja/readme.ts'
import { reasons as reasonsInJapanese } from './ja/reasons.ts'
import { report as reportInJapanese } from './ja/report.ts'
import { run as runInJapanese } from './ja/run.ts'
import { summary as summaryInJapanese } from './ja/summary.ts'
import { transfer as transferInJapanese } from './ja/transfer.ts'
import { tellInJapanese } from './tell.ts'

/**
 * The program's own words in one language. An area (a command, a page) is a file `en/AREA.ts`, an object of sentences and of functions that make
 * sentences, and a file `ja/AREA.ts` of the same type, so that a missing or a superfluous key does not compile.
 */
export interface Words {
  readonly language: Language
  readonly format: Formats
  readonly run: typeof runInEnglish
  readonly summary: typeof summaryInEnglish
  readonly commands: typeof commandsInEnglish
  readonly connect: typeof connectInEnglish
  readonly report: typeof reportInEnglish
  readonly forecast: typeof forecastInEnglish
  readonly init: typeof initInEnglish
  readonly plan: typeof planInEnglish
  readonly profile: typeof profileInEnglish
  readonly readme: typeof readmeInEnglish
  readonly reasons: typeof reasonsInEnglish
  readonly accountsElsewhere: typeof accountsElsewhereInEnglish
  readonly transfer: typeof transferInEnglish
  readonly leave: typeof leaveInEnglish
  /**
   * A sentence that a part of the program without words made in English (what journals, logs and --json hold) in this language; undefined where there is
   * none: it is then shown as it is, on a line of its own.
   */
  tell(sentence: string): string | undefined
}

const all: Readonly<Record<Language, Words>> = {
  en: {
    language: 'en',
    format: formats.en,
    run: runInEnglish,
    summary: summaryInEnglish,
    commands: commandsInEnglish,
    connect: connectInEnglish,
    report: reportInEnglish,
    forecast: forecastInEnglish,
    init: initInEnglish,
    plan: planInEnglish,
    profile: profileInEnglish,
    readme: readmeInEnglish,
    reasons: reasonsInEnglish,
    accountsElsewhere: accountsElsewhereInEnglish,
    transfer: transferInEnglish,
    leave: leaveInEnglish,
    tell: (sentence) => sentence,
  },
  ja: {
    language: 'ja',
    format: formats.ja,
    run: runInJapanese,
    summary: summaryInJapanese,
    commands: commandsInJapanese,
    connect: connectInJapanese,
    report: reportInJapanese,
    forecast: forecastInJapanese,
    init: initInJapanese,
    plan: planInJapanese,
    profile: profileInJapanese,
    readme: readmeInJapanese,
    reasons: reasonsInJapanese,
    accountsElsewhere: accountsElsewhereInJapanese,
    transfer: transferInJapanese,
    leave: leaveInJapanese,
    tell: tellInJapanese,
  },
}

export function wordsOf(language: Language): Words {
  return all[language]
}

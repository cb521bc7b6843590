import type { Diagnosis, Refusal } from './diagnosis.ts'
import { Failure } from './failure.ts'
import type { Language } from './language.ts'

/** The Failure for a documented refusal of a sign-in. `message` makes its sentence of the meaning; default: the meaning itself. */
export function refused(
  diagnosis: Diagnosis,
  refusal?: Refusal,
  message: (meaning: string, language: Language) => string = (meaning) => meaning,
): Failure {
  const said = (language: Language) => ({
    message: message(diagnosis.meaning[language], language),
    hint: diagnosis.remedy[language],
  })
  return Failure.in(
    diagnosis.kind,
    { en: said('en'), ja: said('ja') },
    { stops: 'account', diagnosis, ...(refusal === undefined ? {} : { refusal }) },
  )
}

import type { Diagnosis } from '../core/diagnosis.ts'

/**
 * The diagnosis that a text names: a code as a person types it from a page (`Error 400: admin_policy_enforced`, `65001`, `(4,711)`), or the page's own
 * words. Of several, the longest name counts: `has not completed the Google verification process` says more than the `access_denied` beside it.
 */
export function findDiagnosis(diagnoses: readonly Diagnosis[], text: string): Diagnosis | undefined {
  const said = ` ${plain(text)} `
  const found = diagnoses.flatMap((one) => namesOf(one).map((name) => ({ one, name })))
  return found
    .filter(({ name }) => isIn(said, name))
    .reduce<{ one: Diagnosis; name: string } | undefined>((best, next) => {
      return best === undefined || next.name.length > best.name.length ? next : best
    }, undefined)?.one
}

/** Letter case, line breaks and the commas within numbers do not count. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/(?<=\d),(?=\d)/g, '')
    .replace(/\s+/g, ' ')

const namesOf = ({ id, aliases = [] }: Diagnosis): readonly string[] => [id, ...aliases].map(plain)

/** As a word of its own; a number also without the letters before it. */
const isIn = (text: string, name: string): boolean => {
  const digits = /^[a-z]+(\d{4,})$/.exec(name)?.[1]
  return [name, ...(digits === undefined ? [] : [digits])].some((one) => {
    const at = text.indexOf(one)
    return at > 0 && !/\w/.test(text[at - 1] ?? '') && !/\w/.test(text[at + one.length] ?? '')
  })
}

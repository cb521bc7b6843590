import type { z } from 'zod'
import type { Localised } from '../../core/language.ts'

export const notYaml = (line: number): Localised => ({
  en: `line ${line} cannot be read as YAML: look at its indentation, its quotes and its ":"`,
  ja: `${line} 行目を YAML として読み取れません。字下げ、引用符、":" を確かめてください`,
})

/** Aliases could make a small file mean a great many entries. */
export const aliases: Localised = {
  en: 'it has references (& and *), which a plan may not have',
  ja: '参照（& と *）が含まれていますが、計画ファイルでは使えません',
}

/** What the schema finds wrong, as a sentence with line and key. Values are not quoted: the line says where they stand. */
export function mistakeIn(issue: z.core.$ZodIssue | undefined, line: (path: readonly PropertyKey[]) => number): Localised {
  if (issue === undefined) return { en: 'it is no plan', ja: '計画の形になっていません' }
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path
  const [key, last] = [pathText(path), path.at(-1)]
  const { en, ja } = sentence(issue, key, last)
  const at = line(path)
  return { en: `line ${at}: ${en}`, ja: `${at} 行目：${ja}` }
}

const pathText = (path: readonly PropertyKey[]): string =>
  path.length === 0
    ? 'account, give'
    : path
        .map((step) => (typeof step === 'number' ? `[${step + 1}]` : `.${String(step)}`))
        .join('')
        .slice(1)

function sentence(issue: z.core.$ZodIssue, key: string, last: PropertyKey | undefined): Localised {
  if (issue.code === 'unrecognized_keys')
    return {
      en: `${key} does not belong in a plan; it holds account, give, to, files, id and name`,
      ja: `${key} は計画ファイルには書けません。書けるのは account、give、to、files、id、name です`,
    }
  if (last === 'to')
    return {
      en: `${key} must be the mail address of the new owner`,
      ja: `${key} には新しいオーナーのメールアドレスを書いてください`,
    }
  if (last === 'id')
    return {
      en: `${key} must be the file's id, as holdall leave --propose wrote it`,
      ja: `${key} には holdall leave --propose が書き出したファイルの ID をそのまま書いてください`,
    }
  if (issue.code === 'too_small') return { en: `${key} is empty`, ja: `${key} が空です` }
  if (issue.code === 'invalid_type' && (last === 'give' || last === 'files'))
    return { en: `${key} must be a list ("- …" lines)`, ja: `${key} にはリスト（「- …」の行）を書いてください` }
  if (issue.code === 'invalid_type' && (last === 'account' || last === 'name'))
    return { en: `${key} is missing, or is no text`, ja: `${key} がないか、文字列ではありません` }
  return { en: `${key} does not have the form of a plan`, ja: `${key} が計画の形になっていません` }
}

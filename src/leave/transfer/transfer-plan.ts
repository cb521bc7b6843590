import { isMap, isNode, isScalar, parseDocument, stringify } from 'yaml'
import { z } from 'zod'
import { Failure } from '../../core/failure.ts'
import type { Localised } from '../../core/language.ts'
import { aliases, mistakeIn, notYaml } from './plan-mistakes.ts'

/** What a person wrote (or Holdall proposed and a person changed): which files go to whom. */
export interface TransferPlan {
  readonly account: string
  readonly entries: readonly TransferEntry[]
}

export interface TransferEntry {
  readonly id: string
  /** As it was called when the plan was made; a file that is called otherwise now is not given away. */
  readonly name: string
  /** The mail address of the new owner. */
  readonly to: string
}

/** The most files in one plan: what a person can be asked to look through before it is done. */
const most = 10_000

const schema = z.strictObject({
  account: z.string().min(1),
  give: z
    .array(
      z.strictObject({
        to: z.email(),
        files: z.array(z.strictObject({ id: z.string().regex(/^[A-Za-z0-9_-]{1,200}$/), name: z.string() })).min(1),
      }),
    )
    .min(1),
})

/** Reads a plan file. Throws a Failure of kind `settings` that names the first thing that is wrong; nothing of a plan with a mistake is done. */
export function readTransferPlan(text: string, file: string): TransferPlan {
  const wrong = (what: Localised) =>
    Failure.in('settings', {
      en: {
        message: `the plan ${file} cannot be used: ${what.en}; nothing was changed`,
        hint: 'mend it, or write a new one: holdall leave --propose FILE',
      },
      ja: {
        message: `計画ファイル ${file} は使えません（${what.ja}）。何も変更していません`,
        hint: 'ファイルを直すか、holdall leave --propose FILE で作り直してください',
      },
    })
  const document = parseDocument(text, { prettyErrors: false })
  const [error] = document.errors
  if (error !== undefined) throw wrong(notYaml(lineAt(text, error.pos[0])))
  // Aliases could make a small file mean a great many entries.
  const parsed = schema.safeParse(plainValue(document, () => wrong(aliases)))
  if (!parsed.success) {
    const { issues } = parsed.error
    // What is missing may only be misspelt.
    const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
    throw wrong(mistakeIn(issue, (path) => lineAt(text, offsetOf(document, path))))
  }
  const entries = parsed.data.give.flatMap(({ to, files }) => files.map(({ id, name }) => ({ id, name, to })))
  if (entries.length > most) throw wrong({ en: `it names more than ${most} files`, ja: `ファイルが ${most} 個を超えています` })
  const seen = new Set<string>()
  for (const { id, name } of entries) {
    if (seen.has(id)) throw wrong({ en: `"${name}" stands in it twice`, ja: `「${name}」が 2 回書かれています` })
    seen.add(id)
  }
  return { account: parsed.data.account, entries }
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length

/** Where the deepest part of `path` that there is stands, in characters. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const around = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true)
    const last = path[length - 1]
    // The line of a key, not that of its value, which may begin below.
    const key = isMap(around) ? around.items.find((pair) => isScalar(pair.key) && pair.key.value === last)?.key : undefined
    const node = key ?? document.getIn(path.slice(0, length), true)
    if (isNode(node)) return node.range?.[0] ?? 0
  }
  return 0
}

function plainValue(document: ReturnType<typeof parseDocument>, wrong: () => Failure): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 })
  } catch {
    throw wrong()
  }
}

/** A proposal: files by the person who would get them; what is left without one has an address to fill in, so that it cannot be carried out unread. */
export function transferPlanText(plan: TransferPlan, comments: readonly string[]): string {
  const people = [...new Set(plan.entries.map(({ to }) => to))]
  const give = people.map((to) => ({
    to,
    files: plan.entries.filter((entry) => entry.to === to).map(({ id, name }) => ({ id, name })),
  }))
  return `${comments.map((line) => `# ${line.replace(/[\r\n]+/g, ' ')}\n`).join('')}${stringify({ account: plan.account, give }, { lineWidth: 0 })}`
}

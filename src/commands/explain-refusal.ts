import type { Account } from '../app/app.ts'
import type { Diagnosis } from '../core/diagnosis.ts'
import { Failure } from '../core/failure.ts'
import type { ExitStatus } from '../core/state.ts'
import { findDiagnosis } from '../signin/find-diagnosis.ts'
import type { KeptRefusal, KeptRefusals } from '../signin/kept-refusal.ts'
import type { Context } from './command.ts'

/** What is known of a refusal: by a code that the person names, or as it was kept. */
interface Explained {
  readonly code: string
  readonly diagnosis: Diagnosis | undefined
  readonly kept: KeptRefusal | undefined
}

/** `connect ACCOUNT --explain [CODE]`: prints what a refusal means, who can change it, and a text for a help desk. Signs nobody in. */
export async function explainRefusal(
  context: Context,
  account: Account,
  refusals: KeptRefusals,
  { code, name }: { readonly code: string | undefined; readonly name: string | undefined },
): Promise<ExitStatus> {
  const words = context.words.connect
  const { signIn, title } = account.provider
  if (signIn.method === 'password') throw settings(words.noExplaining(account.name, title))
  const { client, settings: own } = account.settings
  const diagnoses = signIn.diagnoses?.({ clientId: client?.id ?? '', settings: own, endpoints: account.endpoints }) ?? []
  const { diagnosis, kept, code: shown } = await explained()
  const { language, format } = context.words
  const said = kept?.said[language]
  const meaning = diagnosis?.meaning[language] ?? said?.message ?? shown
  const remedy = diagnosis?.remedy[language] ?? said?.hint
  const who = (diagnosis?.who ?? ['you', 'administrator'])
    .map((one) => words.explanation.changers[one])
    .join(words.explanation.or)
  const letter = words.letter({
    provider: title,
    name,
    code: shown,
    meaning,
    description: kept?.description,
    time: kept === undefined ? undefined : (kept.timestamp ?? format.time(kept.at)),
    correlation: kept?.correlationId,
    trace: kept?.traceId,
    client: kept?.clientId ?? client?.id ?? '',
    scopes: kept?.scopes ?? account.scopes(),
    request: diagnosis?.letter?.[language],
  })
  const { explanation } = words
  const lines = [
    explanation.title(title, shown),
    `  ${explanation.meaning}: ${meaning}`,
    `  ${explanation.who}: ${who}`,
    ...(remedy === undefined ? [] : [`  ${explanation.remedy}: ${remedy}`]),
    ...(diagnosis === undefined ? [] : [`  ${explanation.page}: ${diagnosis.page}`]),
    '',
    `--- ${explanation.letter} ---`,
    letter,
    '---',
  ]
  context.out(`${lines.join('\n')}\n`)
  context.emit({
    event: 'summary',
    command: 'connect',
    status: 0,
    details: {
      account: account.name,
      code: shown,
      meaning,
      ...(remedy === undefined ? {} : { remedy }),
      who: [...(diagnosis?.who ?? [])],
      ...(diagnosis === undefined ? {} : { page: diagnosis.page }),
      letter,
    },
  })
  return 0

  async function explained(): Promise<Explained> {
    const last = await refusals.read(account.name)
    if (code === undefined) {
      if (last === undefined) throw settings(words.noRefusal(account.name))
      const diagnosis = diagnoses.find(({ id }) => id === last.diagnosis)
      // OAuth's own word (`invalid_grant`) says less than the provider's number beside it.
      const told = diagnosis === undefined || diagnosis.id === last.code || diagnosis.aliases?.includes(last.code) === true
      return { code: told ? last.code : diagnosis.id, diagnosis, kept: last }
    }
    const diagnosis = findDiagnosis(diagnoses, code)
    if (diagnosis === undefined)
      throw settings(
        words.unknownCode(
          code.slice(0, 80),
          title,
          diagnoses.map(({ id }) => id),
        ),
      )
    // The last refusal may be the very one: then the letter has its time and its ids.
    return { code: diagnosis.id, diagnosis, kept: last?.diagnosis === diagnosis.id ? last : undefined }
  }
}

const settings = ({ message, hint }: { readonly message: string; readonly hint: string }) =>
  new Failure('settings', message, { hint })

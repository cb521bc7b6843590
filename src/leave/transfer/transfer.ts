import { Failure } from '../../core/failure.ts'
import type { Given, Holding, Ownership } from '../../core/ownership.ts'
import type { Connection } from '../../core/provider.ts'
import type { TransferEntry, TransferPlan } from './transfer-plan.ts'

/** Whom an organisation lets files be given to: its profile's rule. */
export interface TransferRule {
  readonly to: 'inside' | 'anyone' | 'nobody'
  readonly text: { readonly en: string; readonly ja: string }
}

export interface TransferRequest {
  readonly plan: TransferPlan
  readonly ownership: Ownership
  readonly connection: Connection
  /** The address that signed in. */
  readonly own: string
  readonly rule: TransferRule | undefined
  /** The domains that count as inside, besides that of `own`. */
  readonly domains: readonly string[]
  readonly signal: AbortSignal
}

/** A file of the plan, as it stands at the service; with an objection, nothing will be tried. */
export interface PreparedTransfer extends TransferEntry {
  readonly holding: Holding | undefined
  readonly objection: Failure | undefined
  /** It was done before: the other owns it, or was offered it. */
  readonly before: Given | undefined
}

export interface TransferResult extends PreparedTransfer {
  /** Undefined: it was not done, for `failure` or for `objection`. */
  readonly given: Given | undefined
  readonly failure: Failure | undefined
}

/**
 * Looks at every file of a plan and says what would happen: a dry run is this and no more, and what is carried out is what this says. Throws a Failure
 * where looking itself is refused (sign-in, network).
 */
export async function prepareTransfer(request: TransferRequest): Promise<readonly PreparedTransfer[]> {
  const prepared: PreparedTransfer[] = []
  for (const entry of request.plan.entries) {
    request.signal.throwIfAborted()
    prepared.push(await prepare(entry, request))
  }
  return prepared
}

async function prepare(
  entry: TransferEntry,
  { ownership, connection, own, rule, domains, signal }: TransferRequest,
): Promise<PreparedTransfer> {
  let holding: Holding
  try {
    holding = await ownership.look(connection, entry.id, signal)
  } catch (error) {
    const failure = Failure.from(error)
    if (signal.aborted || !['gone', 'forbidden', 'corrupt'].includes(failure.kind)) throw error
    return { ...entry, holding: undefined, objection: failure, before: undefined }
  }
  const is = (address: string) => address.toLowerCase() === entry.to.toLowerCase()
  const before = holding.owners.some(is) ? 'given' : holding.offeredTo.some(is) ? 'offered' : undefined
  const objection =
    before !== undefined
      ? undefined
      : (ruled(entry.to, { own, rule, domains }) ?? renamed(entry, holding) ?? ownership.objection(holding, entry.to, own))
  return { ...entry, holding, objection, before }
}

/** What the organisation's rules have against it. */
function ruled(to: string, { own, rule, domains }: Pick<TransferRequest, 'own' | 'rule' | 'domains'>): Failure | undefined {
  if (rule === undefined || rule.to === 'anyone') return undefined
  const domain = domainOf(to)
  if (rule.to === 'inside' && [domainOf(own), ...domains].some((known) => domain === known.toLowerCase())) return undefined
  return Failure.in('forbidden', {
    en: { message: `your organisation's rules do not allow giving it to ${to}: ${rule.text.en}` },
    ja: { message: `${to} への譲渡は、所属組織の規則で認められていません: ${rule.text.ja}` },
  })
}

const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1).toLowerCase()

/** A plan that was edited by hand may name another file than its reader believes. */
function renamed({ name }: TransferEntry, holding: Holding): Failure | undefined {
  if (name === holding.name) return undefined
  return Failure.in('settings', {
    en: { message: `the plan calls this file "${name}", and it is called "${holding.name}"` },
    ja: { message: `計画では「${name}」ですが、実際の名前は「${holding.name}」です` },
  })
}

/** What `prepareTransfer` found nothing against, and was not done before. */
export const toDo = (prepared: readonly PreparedTransfer[]): readonly PreparedTransfer[] =>
  prepared.filter(({ objection, before }) => objection === undefined && before === undefined)

/** What was not tried: done before, refused, or not agreed to. */
export const untried = (one: PreparedTransfer): TransferResult => ({ ...one, given: one.before, failure: undefined })

/** Carries out what was prepared, one file after the other, and says of each what became of it. A sign-in that ends stops it; all else goes on. */
export async function* carryOutTransfer(
  prepared: readonly PreparedTransfer[],
  { ownership, connection, signal }: Pick<TransferRequest, 'ownership' | 'connection' | 'signal'>,
): AsyncGenerator<TransferResult> {
  for (const one of prepared) {
    if (one.objection !== undefined || one.holding === undefined || one.before !== undefined) {
      yield untried(one)
      continue
    }
    if (signal.aborted) return
    try {
      yield { ...one, given: await ownership.give(connection, one.holding, one.to, signal), failure: undefined }
    } catch (error) {
      if (signal.aborted) return
      const failure = Failure.from(error)
      yield { ...one, given: undefined, failure }
      if (failure.stops === 'account' || failure.stops === 'run') return
    }
  }
}

import type { AppChoice, AppGuide, GuideStep } from '../core/guide.ts'
import type { Provider } from '../core/provider.ts'
import type { Talk } from './talk.ts'

/** A client as it goes into holdall.yaml. */
export interface ChosenClient {
  readonly id: string
  readonly secret?: string
}

/** Leads through making an app, unless there is one, and asks for its client until it can be one. */
export async function makeApp(provider: Provider, guide: AppGuide, choice: AppChoice, talk: Talk): Promise<ChosenClient> {
  const { init, language } = talk.words
  talk.say('')
  talk.say(init.appTitle(provider.title))
  talk.say(guide.before[language])
  const { signIn } = provider
  const needsSecret = signIn.method === 'oauth' && signIn.needsSecret === true
  let walked = false
  for (;;) {
    // Who pasted something wrong may still be led through the pages.
    const pasted = await talk.ask(walked ? init.pasteClient : init.haveClient)
    if (pasted === '' && !walked) {
      await walk(guide.steps(choice), talk)
      walked = true
    }
    const client = pasted === '' ? undefined : await accept(pasted, guide, talk)
    if (client === undefined) continue
    const whole = await withSecret(client, needsSecret, guide, talk)
    if (walked && guide.after !== undefined) talk.say(guide.after[language])
    return whole
  }
}

/** Shows page after page; one may go back. */
async function walk(steps: readonly GuideStep[], talk: Talk): Promise<void> {
  const { init } = talk.words
  let at = 0
  while (at < steps.length) {
    showStep(steps[at]!, { number: at + 1, of: steps.length }, talk)
    const answer = (await talk.ask(init.nextPage(at > 0))).normalize('NFKC').toLowerCase()
    at = answer.startsWith('b') ? Math.max(0, at - 1) : at + 1
  }
}

function showStep(step: GuideStep, where: { readonly number: number; readonly of: number }, talk: Talk): void {
  const { init, language } = talk.words
  talk.say('')
  talk.say(init.page(where.number, where.of, step.title[language]))
  talk.say(step.page, '  ')
  for (const [index, action] of step.actions.entries()) {
    talk.say(action[language], '  - ')
    // What is to be copied stands below the sentence that ends in a colon and asks for it, else below the last.
    const asks = step.actions.findIndex((one) => /(:|。)$/.test(one[language]) && one.en.endsWith(':'))
    if (index === (asks === -1 ? step.actions.length - 1 : asks)) for (const line of step.copy ?? []) talk.copy(line)
  }
  if (step.optional === undefined) return
  talk.say(step.optional.why[language], '  - ')
  for (const line of step.optional.copy) talk.copy(line)
}

/** Reads what was pasted; undefined: it was no client, and that was said. */
async function accept(pasted: string, guide: AppGuide, talk: Talk): Promise<ChosenClient | undefined> {
  const { init, language } = talk.words
  const read = guide.readClient(pasted)
  if ('problem' in read) {
    talk.say(init.wrongClient(read.problem[language], /\s/.test(pasted)))
    return undefined
  }
  const { doubt, ...client } = read
  if (doubt === undefined) return client
  talk.say(init.wrongClient(doubt[language], false))
  return (await talk.yes(init.useAnyway, false)) ? client : undefined
}

async function withSecret(client: ChosenClient, needed: boolean, guide: AppGuide, talk: Talk): Promise<ChosenClient> {
  if (!needed || client.secret !== undefined) return client
  const { init, language } = talk.words
  for (;;) {
    const secret = await talk.ask(init.pasteSecret, 'hidden')
    if (secret === '') continue
    const complaint = guide.secretComplaint?.(secret)
    if (complaint === undefined) return { ...client, secret }
    talk.say(init.wrongClient(complaint[language], /\s/.test(secret)))
  }
}

import type { Refusal } from '../core/diagnosis.ts'
import { Failure, type Said } from '../core/failure.ts'
import type { Language, Localised } from '../core/language.ts'
import type { OAuthSignIn } from '../core/provider.ts'
import { redactText } from '../http/redact.ts'

/** An error as an authorization server states it, in a redirect or in an answer. */
export interface AuthorizationError {
  readonly code: string
  readonly description?: string
  readonly subtype?: string
  /** What the service's support finds the refusal by. */
  readonly traceId?: string
  /** What this program sent: a server may repeat it in its description. */
  readonly secrets: readonly string[]
}

/** The Failure for an error of the authorization server: the provider's own words for it where there are some, else a general sentence. */
export const authorizationFailure = (signIn: OAuthSignIn, error: AuthorizationError): Failure => {
  const code = /^[\w.-]{1,60}$/.test(error.code) ? error.code : 'an unknown error'
  const description = error.description === undefined ? undefined : clean(error.description, error.secrets)
  const refusal: Refusal = {
    code,
    ...(description === undefined || description === '' ? {} : { description }),
    ...(error.traceId === undefined || !/^[\w.:;=-]{1,120}$/.test(error.traceId) ? {} : { traceId: error.traceId }),
  }
  const known = signIn.explain({
    code,
    ...(description === undefined ? {} : { description }),
    ...(error.subtype === undefined ? {} : { subtype: error.subtype }),
  })
  if (known !== undefined) return known.rephrased((said) => said, refusal)
  const said = description === undefined || description === '' ? code : `${code}: ${description}`
  const general = (Object.hasOwn(answers, code) ? answers[code] : undefined) ?? unknown
  const whole = (language: Language): Said => ({
    message: `${general.message[language]} (${said})`,
    hint: general.hint[language],
  })
  return Failure.in(general.kind, { en: whole('en'), ja: whole('ja') }, { refusal })
}

/** Says which command ends a `signin` failure, where its hint does not say so yet. */
export const withCommand = (failure: Failure, account: string): Failure => {
  const command = `holdall connect ${account}`
  if (failure.kind !== 'signin' || failure.hint?.includes('holdall connect') === true) return failure
  return failure.rephrased(({ message, hint }, language) => ({ message, hint: hintWith[language](hint, command) }))
}

const hintWith: Localised<(hint: string | undefined, command: string) => string> = {
  en: (said = 'sign in again', command) => {
    const rest = said.replace(/^sign in again/, '')
    // A command in the middle of a sentence stands in brackets.
    if (rest === '') return `sign in again: ${command}`
    return rest === said ? `${said}; then sign in again: ${command}` : `sign in again (${command})${rest}`
  },
  ja: (said = 'もう一度サインインしてください', command) => `${said}（${command}）`,
}

type General = { readonly kind: 'signin' | 'settings' | 'transient'; readonly message: Localised; readonly hint: Localised }

const again = { en: 'sign in again', ja: 'もう一度サインインしてください' }
const later = { en: 'try again in a few minutes', ja: '数分後にもう一度試してください' }
const unknown: General = {
  kind: 'signin',
  message: { en: 'the service refused the sign-in', ja: 'サービスがサインインを拒否しました' },
  hint: again,
}

/** RFC 6749 §4.1.2.1 and §5.2, RFC 8628 §3.5, OpenID Connect Core §3.1.2.6. */
const answers: Readonly<Record<string, General>> = {
  access_denied: {
    kind: 'signin',
    message: {
      en: 'the sign-in was declined on the page of the service',
      ja: 'サービスの画面でサインインが拒否されました',
    },
    hint: {
      en: 'sign in again and allow what is asked; if the page says that an administrator has to allow it, ask them',
      ja: 'もう一度サインインし、求められた内容を許可してください。管理者の許可が必要と表示された場合は、管理者に問い合わせてください',
    },
  },
  server_error: {
    kind: 'transient',
    message: { en: 'the service had an error of its own', ja: 'サービス側でエラーが起きました' },
    hint: later,
  },
  temporarily_unavailable: {
    kind: 'transient',
    message: { en: 'the service is not available just now', ja: 'サービスが一時的に利用できません' },
    hint: later,
  },
  invalid_client: {
    kind: 'settings',
    message: {
      en: 'the service does not know this app, or its secret is wrong',
      ja: 'サービスがこのアプリを認識できないか、シークレットが間違っています',
    },
    hint: {
      en: 'compare client.id and client.secret in holdall.yaml with the page where the app was registered',
      ja: 'holdall.yaml の client.id と client.secret を、アプリを登録した画面の値と見比べてください',
    },
  },
  unauthorized_client: {
    kind: 'settings',
    message: { en: 'this app may not sign people in in this way', ja: 'このアプリでは、この方法でサインインできません' },
    hint: {
      en: 'see that the app was registered as a desktop app',
      ja: 'アプリがデスクトップ アプリとして登録されているかを確かめてください',
    },
  },
  invalid_scope: {
    kind: 'settings',
    message: {
      en: 'the service does not give this app the rights it asked for',
      ja: '求めた権限は、このアプリには与えられません',
    },
    hint: {
      en: 'add the rights to the app on the page where it was registered',
      ja: 'アプリを登録した画面で、必要な権限を加えてください',
    },
  },
  invalid_grant: {
    kind: 'signin',
    message: { en: 'the sign-in has ended', ja: 'サインインの期限が切れました' },
    hint: again,
  },
  expired_token: {
    kind: 'signin',
    message: {
      en: 'nobody signed in before the code ended',
      ja: 'コードの有効期限までにサインインが行われませんでした',
    },
    hint: { en: 'start again', ja: 'はじめからやり直してください' },
  },
  interaction_required: {
    kind: 'signin',
    message: {
      en: 'the service wants to see you sign in again',
      ja: 'サービスが、もう一度サインインするよう求めています',
    },
    hint: again,
  },
  login_required: {
    kind: 'signin',
    message: {
      en: 'the service wants to see you sign in again',
      ja: 'サービスが、もう一度サインインするよう求めています',
    },
    hint: again,
  },
  consent_required: {
    kind: 'signin',
    message: {
      en: 'the service wants to ask for your consent again',
      ja: 'サービスが、もう一度あなたの同意を求めています',
    },
    hint: again,
  },
}

/** Longer than any word or address part that explains something; tokens and codes are. */
const tokenLike = /[\w.~+/%=-]{40,}/g

const clean = (text: string, secrets: readonly string[]): string => {
  let safe = text
  for (const secret of secrets) {
    if (secret.length < 4) continue
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
      safe = safe.replaceAll(form, '…')
  }
  const readable = redactText(safe.replace(/[\u0000-\u001f\u007f]+/g, ' '))
  return readable.replace(tokenLike, (run) => (/^https?:/.test(run) ? run : '…')).slice(0, 200)
}

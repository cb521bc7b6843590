import type { Localised } from '../core/language.ts'

/** What an address or a request says about a sign-in that waits for its redirect. */
export type RedirectAnswer =
  | { readonly kind: 'answer'; readonly parameters: URLSearchParams }
  /** Something else; `reason` is a sentence for the person, without a full stop. */
  | { readonly kind: 'wrong'; readonly reason: Localised }

export interface ExpectedRedirect {
  /** The redirect address that was sent along, without query. */
  readonly redirectUri: string
  readonly state: string
  /** Where the browser was sent: people paste that one by mistake. */
  readonly authorizationUrl: string
}

/** Judges an address that the browser was redirected to. Pure; the reasons never quote the address. */
export const readRedirect = (address: string, { redirectUri, state, authorizationUrl }: ExpectedRedirect): RedirectAnswer => {
  const text = address.trim().replace(/^["'<]+|["'>]+$/g, '')
  if (!URL.canParse(text)) {
    return wrong(
      'that is not an address; copy the whole line at the top of the browser, from "http" on',
      'アドレスではありません。ブラウザー上部のアドレスを「http」から最後までコピーしてください',
    )
  }
  const url = new URL(text)
  const sent = new URL(authorizationUrl)
  if (url.origin === sent.origin) {
    return wrong(
      'that is the page to sign in on; sign in there first, then copy the address that the browser ends at, whose page does not load',
      'それはサインインの画面のアドレスです。先にそこでサインインし、最後に開かれる（読み込めない）ページのアドレスをコピーしてください',
    )
  }
  const expected = new URL(redirectUri)
  if (url.origin !== expected.origin) {
    return wrong(
      `that address does not begin with ${expected.origin}; copy the one that the browser ends at`,
      `${expected.origin} で始まるアドレスではありません。ブラウザーが最後に開いたアドレスをコピーしてください`,
    )
  }
  if (url.pathname !== expected.pathname)
    return wrong('that address is not the one that belongs to this sign-in', 'このサインインのアドレスではありません')
  const { searchParams } = url
  if (!searchParams.has('code') && !searchParams.has('error')) {
    return wrong(
      'that address was cut off: it holds no answer; copy all of it',
      'アドレスが途中で切れていて、応答が含まれていません。全体をコピーしてください',
    )
  }
  if (['code', 'error', 'state'].some((name) => searchParams.getAll(name).length > 1))
    return wrong('that address holds more than one answer', 'アドレスに応答が 2 つ以上含まれています')
  if (searchParams.get('state') !== state) {
    return wrong(
      'that address belongs to another sign-in, perhaps one that was begun earlier; use the address that was shown last',
      '別のサインイン（以前に始めたものなど）のアドレスです。最後に表示されたアドレスを使ってください',
    )
  }
  return { kind: 'answer', parameters: searchParams }
}

const wrong = (en: string, ja: string): RedirectAnswer => ({ kind: 'wrong', reason: { en, ja } })

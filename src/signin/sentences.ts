import { Failure, type Said } from '../core/failure.ts'
import type { Localised } from '../core/language.ts'

/** What the flows say to a person, in every language; a Failure carries both, and whoever shows it chooses. */

type Page = { readonly title: Localised; readonly text: Localised }

const closeIt = { en: 'You may close this window.', ja: 'このウィンドウは閉じてかまいません。' }

export const signedIn: Page = {
  title: { en: 'You are signed in', ja: 'サインインしました' },
  text: {
    en: 'You may close this window and go back to Holdall.',
    ja: 'このウィンドウを閉じて、Holdall に戻ってください。',
  },
}

export const nothingHere: Page = {
  title: { en: 'Nothing here', ja: 'ここには何もありません' },
  text: {
    en: 'This address only waits for the end of a sign-in.',
    ja: 'このアドレスは、サインインの完了を待つためだけのものです。',
  },
}

export const second: Page = {
  title: { en: 'Already answered', ja: '応答済みです' },
  text: {
    en: `This sign-in has had its answer. ${closeIt.en}`,
    ja: `このサインインへの応答はすでに受け取っています。${closeIt.ja}`,
  },
}

export const otherSignIn = (reason: Localised): Page => ({
  title: { en: 'Not this sign-in', ja: '別のサインインです' },
  text: { en: `The sign-in is still waiting: ${reason.en}.`, ja: `サインインはまだ完了を待っています。${reason.ja}。` },
})

export const didNotWork = ({ en, ja }: Localised<Said>): Page => ({
  title: { en: 'The sign-in did not work', ja: 'サインインできませんでした' },
  text: {
    en: `${en.message.charAt(0).toUpperCase()}${en.message.slice(1)}.${en.hint === undefined ? '' : ` What you can do: ${en.hint}.`} ${closeIt.en}`,
    ja: `${ja.message}。${ja.hint === undefined ? '' : `対処：${ja.hint}。`}${closeIt.ja}`,
  },
})

export const interrupted: Localised<Said> = {
  en: { message: 'the sign-in was interrupted' },
  ja: { message: 'サインインが中断されました' },
}

/** Pages that refuse somebody (a wrong client id, an account of elsewhere, "Need admin approval") often do not come back here. */
export const nobodySignedIn: Localised<Said> = {
  en: {
    message: 'nobody signed in within ten minutes',
    hint: 'run the same command again when you are ready; if the page in the browser showed an error, that is the reason: show it, with its number, to whoever looks after the app or to your help desk',
  },
  ja: {
    message: '10 分以内にサインインが行われませんでした',
    hint: '準備ができたら、同じコマンドをもう一度実行してください。ブラウザーの画面にエラーが表示された場合はそれが原因です。番号とともに、アプリの管理者かヘルプデスクに伝えてください',
  },
}

export const codeEnded: Localised<Said> = {
  en: { message: 'nobody signed in before the code ended', hint: 'run the same command again when you are ready' },
  ja: {
    message: 'コードの有効期限までにサインインが行われませんでした',
    hint: '準備ができたら、同じコマンドをもう一度実行してください',
  },
}

export const noDevice: Localised<Said> = {
  en: {
    message: 'this service cannot be signed in to by a code on another device',
    hint: 'use --no-browser: it shows an address that any browser can open',
  },
  ja: {
    message: 'このサービスには、別の端末でコードを入力する方法ではサインインできません',
    hint: '--no-browser を使ってください。どのブラウザーでも開けるアドレスが表示されます',
  },
}

export const notTaken = (reason: Localised): Localised => ({
  en: `the browser brought an answer that was not taken: ${reason.en}`,
  ja: `ブラウザーから届いた応答は受け付けられませんでした：${reason.ja}`,
})

export const notOpened: Localised = {
  en: 'the browser could not be opened; open the address by hand',
  ja: 'ブラウザーを開けませんでした。アドレスを手動で開いてください',
}

export const notRenewable: Localised = {
  en: 'the service gave nothing to renew this sign-in with: it ends in about an hour',
  ja: 'サインインを更新するための情報がサービスから得られませんでした。約 1 時間で期限が切れます',
}

export const pasteAgain = (reason: Localised): Localised => ({
  en: `${reason.en}. Paste the address here:`,
  ja: `${reason.ja}。アドレスをここに貼り付けてください：`,
})

export const nobodyIsSignedIn = (account: string): Localised<Said> => ({
  en: { message: `nobody is signed in to ${account}`, hint: `sign in first: holdall connect ${account}` },
  ja: {
    message: `${account} にはまだ誰もサインインしていません`,
    hint: `先にサインインしてください：holdall connect ${account}`,
  },
})

/** `message` in each language, with the command that signs in again. */
export const signInAgain = (account: string, en: string, ja: string): Localised<Said> => ({
  en: { message: en, hint: `sign in again: holdall connect ${account}` },
  ja: { message: ja, hint: `もう一度サインインしてください：holdall connect ${account}` },
})

export const neverAccepted = (account: string): Localised<Said> =>
  signInAgain(
    account,
    `the service does not accept the sign-in of ${account} that it has just given`,
    `サービスが、発行したばかりの ${account} のサインインを受け付けません`,
  )

/** A rule of the organisation asked for more, the person signed in anew for it, and it asks again. */
export const stepUpInVain = (account: string): Localised<Said> => ({
  en: {
    message: `a rule of your organisation (Conditional Access) asks for more than this sign-in of ${account} brought, also after it was asked for in the browser`,
    hint: 'sign in on the network of your organisation or on a computer that it manages; else ask its help desk which rule it is',
  },
  ja: {
    message: `組織のルール（条件付きアクセス）が追加の確認を求めており、ブラウザーで確認したあとも ${account} のサインインが認められません`,
    hint: '組織のネットワーク、または組織が管理するコンピューターからサインインしてください。それでもだめなら、どのルールによるものかをヘルプデスクに問い合わせてください',
  },
})

/** The service has given up the earlier sign-in, and the new one could not be made to last. */
export const renewedButUnsaved = (account: string, reason: Failure): Failure =>
  Failure.in(reason.kind, {
    en: {
      message: `the sign-in of ${account} was renewed, but the new one could not be stored: ${reason.message}`,
      hint: `mend that, then sign in again, since the earlier one no longer holds: holdall connect ${account}`,
    },
    ja: {
      message: `${account} のサインインは更新されましたが、新しいサインインを保存できませんでした：${reason.said('ja').message}`,
      hint: `問題を解消してから、もう一度サインインしてください。以前のサインインは無効になっています：holdall connect ${account}`,
    },
  })

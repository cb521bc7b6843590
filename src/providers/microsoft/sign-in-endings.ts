import type { Diagnosis } from '../../core/diagnosis.ts'
import { administrator, again, codes, registrations } from './sign-in-places.ts'

/** https://learn.microsoft.com/entra/identity-platform/refresh-tokens */
const endings = 'https://learn.microsoft.com/entra/identity-platform/refresh-tokens'
const device = 'https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code#expected-errors'

const away = {
  en: 'Microsoft’s sign-in is not available just now',
  ja: 'Microsoft のサインインが一時的に利用できません',
}
const laterAgain = {
  en: 'run the same command again in a few minutes',
  ja: '数分後に同じコマンドをもう一度実行してください',
}

/** What ends a sign-in, and what passes. */
export const endingDiagnoses: readonly Diagnosis[] = [
  {
    id: 'AADSTS700082',
    aliases: ['AADSTS70008'],
    kind: 'signin',
    who: ['you'],
    meaning: {
      en: 'the sign-in at Microsoft has ended, since it was not used for long',
      ja: '長いあいだ使われなかったため、Microsoft へのサインインの期限が切れました',
    },
    remedy: again,
    page: endings,
  },
  {
    id: 'AADSTS50173',
    aliases: ['AADSTS50132', 'AADSTS50133'],
    kind: 'signin',
    who: ['you'],
    meaning: {
      en: 'the password was changed, or the sign-ins of this account were ended',
      ja: 'パスワードが変更されたか、このアカウントのサインインがすべて終了されました',
    },
    remedy: again,
    page: endings,
  },
  {
    id: 'AADSTS70043',
    aliases: ['AADSTS70044'],
    kind: 'signin',
    who: ['you', 'administrator'],
    meaning: {
      en: 'your organisation wants you to sign in from time to time, and that time has come',
      ja: '組織の設定により、一定期間ごとにサインインし直す必要があります。その時期が来ました',
    },
    remedy: again,
    letter: {
      en: 'The sign-in frequency of our organisation ends this sign-in in the middle of a long copy. Would you please lengthen it for this app and my account for a few days?',
      ja: '組織の「サインインの頻度」の設定により、時間のかかるコピーの途中でサインインが切れます。数日のあいだ、私のアカウントとこのアプリについて間隔を延ばしていただけないでしょうか。',
    },
    page: endings,
  },
  {
    id: 'AADSTS700084',
    kind: 'signin',
    who: ['registrant'],
    meaning: {
      en: 'the sign-in at Microsoft has ended after a day, because the app is registered as a web page',
      ja: 'アプリが Web ページとして登録されているため、Microsoft へのサインインが 1 日で切れました',
    },
    remedy: {
      en: `register http://localhost under "Mobile and desktop applications" instead of "Single-page application" at ${registrations.en}, then sign in again`,
      ja: `${registrations.ja} で http://localhost を「シングルページ アプリケーション」ではなく「モバイル アプリケーションとデスクトップ アプリケーション」に登録してから、もう一度サインインしてください`,
    },
    letter: {
      en: 'Would you please register the redirect URI http://localhost under "Mobile and desktop applications", not as a single-page application?',
      ja: 'リダイレクト URI の http://localhost を、シングルページ アプリケーションではなく「モバイル アプリケーションとデスクトップ アプリケーション」に登録していただけないでしょうか。',
    },
    page: endings,
  },
  {
    id: 'AADSTS70000',
    kind: 'signin',
    who: ['you'],
    meaning: {
      en: 'Microsoft no longer takes what the sign-in is renewed with',
      ja: 'サインインを更新するための情報を Microsoft が受け付けなくなりました',
    },
    remedy: again,
    page: codes,
  },
  {
    id: 'invalid_grant',
    kind: 'signin',
    who: ['you'],
    meaning: {
      en: 'the sign-in at Microsoft has ended or was withdrawn',
      ja: 'Microsoft へのサインインの期限が切れたか、取り消されました',
    },
    remedy: again,
    page: codes,
  },
  {
    id: 'interaction_required',
    aliases: ['login_required'],
    kind: 'signin',
    who: ['you'],
    meaning: { en: 'Microsoft wants to see you sign in again', ja: 'Microsoft が、もう一度サインインするよう求めています' },
    remedy: again,
    page: codes,
  },
  {
    id: 'AADSTS54005',
    kind: 'signin',
    who: ['you'],
    meaning: { en: 'the answer of the browser was used before', ja: 'ブラウザーからの応答は、すでに使われています' },
    remedy: {
      en: `${again.en}, and use the newest address only`,
      ja: 'もう一度サインインし、いちばん新しいアドレスだけを使ってください',
    },
    page: codes,
  },
  {
    id: 'AADSTS50089',
    kind: 'signin',
    who: ['you'],
    meaning: {
      en: 'the page to sign in on was open for too long',
      ja: 'サインインの画面を開いたまま時間が経ちすぎました',
    },
    remedy: again,
    page: codes,
  },
  {
    id: 'expired_token',
    aliases: ['AADSTS70019', 'AADSTS70020'],
    kind: 'signin',
    who: ['you'],
    meaning: {
      en: 'nobody signed in before the code ended',
      ja: 'コードの有効期限までにサインインが行われませんでした',
    },
    remedy: {
      en: 'run the same command again when you are ready',
      ja: '準備ができたら、同じコマンドをもう一度実行してください',
    },
    page: device,
  },
  {
    id: 'bad_verification_code',
    aliases: ['AADSTS70018'],
    kind: 'signin',
    who: ['you'],
    meaning: { en: 'Microsoft does not know this code', ja: 'Microsoft がこのコードを認識できません' },
    remedy: { en: 'run the same command again', ja: '同じコマンドをもう一度実行してください' },
    page: device,
  },
  {
    id: 'AADSTS90033',
    aliases: ['AADSTS90006', 'AADSTS90012', 'AADSTS50033', 'temporarily_unavailable'],
    kind: 'transient',
    who: ['you'],
    meaning: away,
    remedy: laterAgain,
    page: codes,
  },
  {
    id: 'server_error',
    kind: 'transient',
    who: ['you'],
    meaning: { en: 'Microsoft’s sign-in had an error of its own', ja: 'Microsoft のサインインでエラーが起きました' },
    remedy: laterAgain,
    page: codes,
  },
  {
    id: 'AADSTS50196',
    kind: 'transient',
    who: ['you'],
    meaning: {
      en: 'Microsoft has had the same question too often',
      ja: '同じ要求が短時間に繰り返されたため、Microsoft が受け付けませんでした',
    },
    remedy: {
      en: 'run the same command again in a quarter of an hour',
      ja: '15 分ほど待ってから、同じコマンドをもう一度実行してください',
    },
    page: codes,
  },
  {
    id: 'AADSTS50053',
    kind: 'signin',
    who: ['you', 'administrator'],
    meaning: {
      en: 'this account is locked for a while: too many wrong passwords, or a network address that Microsoft does not trust',
      ja: 'このアカウントは一時的にロックされています（パスワードの間違いが続いたか、Microsoft が信頼しないネットワークからの接続です）',
    },
    remedy: {
      en: 'wait for some minutes, then sign in again, from another network if that does not help',
      ja: '数分待ってから、もう一度サインインしてください。だめなら別のネットワークから試してください',
    },
    letter: {
      en: 'My account is locked. Would you please see why, and unlock it?',
      ja: '私のアカウントがロックされています。原因をご確認のうえ、解除していただけないでしょうか。',
    },
    page: codes,
  },
  {
    id: 'AADSTS50055',
    aliases: ['AADSTS50144'],
    kind: 'signin',
    who: ['you', 'administrator'],
    meaning: { en: 'the password of this account has expired', ja: 'このアカウントのパスワードの有効期限が切れています' },
    remedy: {
      en: 'change it at the page of your organisation, then sign in again',
      ja: '組織の画面でパスワードを変更してから、もう一度サインインしてください',
    },
    letter: {
      en: 'The password of my account has expired. Would you please tell me how to change it?',
      ja: '私のアカウントのパスワードの有効期限が切れています。変更の方法をお知らせいただけないでしょうか。',
    },
    page: codes,
  },
  {
    id: 'AADSTS50057',
    kind: 'signin',
    who: ['administrator'],
    meaning: { en: 'this account has been disabled', ja: 'このアカウントは無効になっています' },
    remedy: {
      en: `ask ${administrator.en}; without it nothing can be copied any more`,
      ja: `${administrator.ja}に問い合わせてください。アカウントが無効のままでは、もう何もコピーできません`,
    },
    letter: {
      en: 'My account has been disabled, and I have not finished copying what is in it. Would you please enable it for a few days?',
      ja: '私のアカウントが無効になりましたが、データのコピーが終わっていません。数日のあいだだけ有効にしていただけないでしょうか。',
    },
    page: codes,
  },
]

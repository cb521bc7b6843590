import type { Diagnosis } from '../../core/diagnosis.ts'

const audience = 'https://console.cloud.google.com/auth/audience'
const endings = 'https://developers.google.com/identity/protocols/oauth2#expiration'

/** Why Google's token endpoint says `invalid_grant`: ids are our own words but for the first two. */
export const googleEndings: readonly Diagnosis[] = [
  {
    id: 'invalid_grant',
    kind: 'signin',
    who: ['you', 'registrant'],
    meaning: {
      en: 'the sign-in at Google has ended or was withdrawn',
      ja: 'Google へのサインインの期限が切れたか、取り消されました',
    },
    remedy: {
      en: `sign in again; where it ends after 7 days each time, the app is in "Testing": press "Publish app" at ${audience} first (it also ends with a new password, after six months without use, when access is removed at https://myaccount.google.com/connections, or when the clock of this computer is wrong)`,
      ja: `もう一度サインインしてください。毎回 7 日で切れる場合はアプリが「テスト中」です。先に ${audience} で「アプリを公開」を押してください（パスワードを変えたとき、6 か月使わなかったとき、https://myaccount.google.com/connections でアクセスを解除したとき、このコンピューターの時計がずれているときにも切れます）`,
    },
    letter: {
      en: 'The sign-in ends after seven days each time, because the app is in the state "Testing". Would you please publish it, or set its audience to "Internal"?',
      ja: 'アプリの公開状態が「テスト中」のため、サインインが毎回 7 日で切れてしまいます。アプリを公開するか、対象を「内部」にしていただけないでしょうか。',
    },
    page: endings,
  },
  {
    id: 'invalid_rapt',
    aliases: ['rapt_required', 'reauth'],
    kind: 'signin',
    who: ['you', 'administrator'],
    meaning: {
      en: 'your organisation wants you to sign in to Google again from time to time, and that time has come',
      ja: '組織の設定により、一定期間ごとに Google へのサインインし直しが必要です。その時期が来ました',
    },
    remedy: { en: 'sign in again', ja: 'もう一度サインインしてください' },
    letter: {
      en: 'Our organisation ends the sign-ins of this app after a short while (Google session control), so that long copies stop in the middle. Would you please except this client id, by marking it as trusted and exempt from reauthentication?',
      ja: '組織の「Google セッションの管理」によりこのアプリのサインインが短時間で切れ、時間のかかるコピーが途中で止まってしまいます。このクライアント ID を信頼できるアプリとし、再認証の対象から除いていただけないでしょうか。',
    },
    page: 'https://support.google.com/a/answer/9368756',
  },
  {
    id: 'account_deleted',
    aliases: ['account has been deleted'],
    kind: 'signin',
    who: ['administrator'],
    meaning: { en: 'this Google account has been deleted', ja: 'この Google アカウントは削除されています' },
    remedy: {
      en: 'ask the administrator whether it can be restored (within 20 days at most)',
      ja: '復元できるかどうかを管理者に問い合わせてください（復元できるのは長くても 20 日以内です）',
    },
    letter: {
      en: 'My account has been deleted, and I have not finished copying what is in it. Would you please restore it for a few days (possible within 20 days of the deletion)?',
      ja: '私のアカウントが削除されましたが、データのコピーが終わっていません。数日のあいだだけでも復元していただけないでしょうか（削除から 20 日以内であれば可能です）。',
    },
    page: 'https://support.google.com/a/answer/1397578',
  },
  {
    id: 'wrong_code',
    kind: 'signin',
    who: ['you'],
    meaning: {
      en: 'Google did not accept the answer of the browser',
      ja: 'ブラウザーから戻った応答を Google が受け付けませんでした',
    },
    remedy: {
      en: 'sign in again, and use the newest address only',
      ja: 'もう一度サインインし、いちばん新しいアドレスだけを使ってください',
    },
    page: 'https://developers.google.com/identity/protocols/oauth2/native-app#exchange-authorization-code',
  },
]

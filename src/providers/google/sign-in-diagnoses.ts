import type { Diagnosis } from '../../core/diagnosis.ts'
import { googleEndings } from './sign-in-endings.ts'

const clients = 'https://console.cloud.google.com/auth/clients'
const audience = 'https://console.cloud.google.com/auth/audience'
/** What each code means for the person who signs in. */
const codes = 'https://support.google.com/accounts/answer/16668185'
/** What each code means for whoever made the app. */
const errors = 'https://developers.google.com/identity/protocols/oauth2/native-app#authorization-errors'

const compare = {
  en: `compare client.id and client.secret in holdall.yaml with ${clients}`,
  ja: `holdall.yaml の client.id と client.secret を ${clients} の値と見比べてください`,
}
const desktop = {
  en: `create a client of type "Desktop app" at ${clients} and put it into holdall.yaml`,
  ja: `${clients} で種類が「デスクトップ アプリ」のクライアントを作り、holdall.yaml に書いてください`,
}
const newClient = {
  en: 'Would you please tell me a client id of type "Desktop app" that works, and its secret, or correct this one?',
  ja: '有効な「デスクトップ アプリ」のクライアント ID とシークレットをお知らせいただくか、このクライアントの設定を直していただけないでしょうか。',
}

/**
 * The refusals that Google documents. Most are shown on its own page alone: https://developers.google.com/identity/protocols/oauth2/native-app#authorization-errors
 * ("an error message appears instead of the expected authentication and authorization flows").
 */
export const googleDiagnoses: readonly Diagnosis[] = [
  {
    id: 'access_denied',
    kind: 'signin',
    who: ['you', 'registrant'],
    meaning: {
      en: 'access was not given on the page of Google',
      ja: 'Google の画面でアクセスが許可されませんでした',
    },
    remedy: {
      en: `sign in again and press "Continue"; if the page said that the app is being tested, add your address at ${audience} under "Test users", or press "Publish app" there`,
      ja: `もう一度サインインし、「続行」を押してください。アプリがテスト中だと表示された場合は、${audience} の「テストユーザー」に自分のアドレスを加えるか、同じ画面で「アプリを公開」を押してください`,
    },
    letter: {
      en: 'If the app is still in the state "Testing", would you please add my address to its test users, or publish it?',
      ja: 'アプリの公開状態が「テスト中」のままでしたら、私のアドレスをテストユーザーに加えるか、アプリを公開していただけないでしょうか。',
    },
    page: codes,
  },
  {
    id: 'admin_policy_enforced',
    aliases: ['access_not_configured'],
    kind: 'signin',
    who: ['administrator'],
    meaning: {
      en: 'the administrator of your organisation does not allow this app to read your account',
      ja: '組織の管理者が、このアプリによるアカウントの読み取りを許可していません',
    },
    remedy: {
      en: 'ask the administrator to trust the client id (Admin console: Security, Access and data control, API controls), or make the app in a project of the organisation, with the audience "Internal"',
      ja: '管理者に、このクライアント ID を信頼できるアプリとして登録してもらってください（管理コンソールの「セキュリティ」→「アクセスとデータ管理」→「API の制御」）。組織のプロジェクトで対象を「内部」としてアプリを作る方法もあります',
    },
    letter: {
      en: 'Would you please set this client id to "Trusted" for my account (Admin console: Security, Access and data control, API controls, Manage app access), or name a client id of our organisation that I may use? The app asks for read-only rights alone, and what it copies stays on my own computer.',
      ja: '管理コンソールの「セキュリティ」→「アクセスとデータ管理」→「API の制御」→「アプリのアクセスを管理」で、このクライアント ID を「信頼できる」に設定していただくか、使用してよい組織のクライアント ID をお知らせいただけないでしょうか。アプリが求めるのは読み取りの権限だけで、コピーしたデータは私のコンピューターの外に出ません。',
    },
    page: codes,
    inBrowser: true,
  },
  {
    // https://support.google.com/cloud/answer/13464323
    id: 'access_blocked',
    aliases: ['has not completed the google verification process', 'google の審査プロセスを完了していません', 'access blocked'],
    kind: 'signin',
    who: ['registrant', 'administrator'],
    meaning: {
      en: 'Google blocks the app: it is in the state "Testing" and your address is not one of its test users, or Google has not verified it',
      ja: 'Google がアプリをブロックしています。アプリが「テスト中」であなたのアドレスがテストユーザーに入っていないか、アプリが Google の審査を受けていません',
    },
    remedy: {
      en: `add your address at ${audience} under "Test users", or press "Publish app" there; where the page has "Advanced", that leads on, for an app of your own; people in the Advanced Protection Program have to leave it first`,
      ja: `${audience} の「テストユーザー」に自分のアドレスを加えるか、同じ画面で「アプリを公開」を押してください。自分で作ったアプリで画面に「詳細」があれば、そこから先に進めます。高度な保護機能プログラムに登録している場合は、先に解除が必要です`,
    },
    letter: {
      en: 'Google blocks this app for me. Would you please add my address to its test users or publish it, or, if it belongs to our organisation, set its audience to "Internal"?',
      ja: 'このアプリは Google によりブロックされ、私のアカウントでは使えません。私のアドレスをテストユーザーに加えるかアプリを公開していただくか、組織のアプリであれば対象を「内部」にしていただけないでしょうか。',
    },
    page: 'https://support.google.com/cloud/answer/15549945',
    inBrowser: true,
  },
  {
    id: 'org_internal',
    aliases: ['can only be used within its organization'],
    kind: 'signin',
    who: ['you', 'registrant'],
    meaning: {
      en: 'the app is for members of one organisation only, and this account is not one',
      ja: 'このアプリは特定の組織のメンバー専用で、このアカウントはその組織のものではありません',
    },
    remedy: {
      en: `sign in with the account of that organisation, or make the app "External" at ${audience}`,
      ja: `その組織のアカウントでサインインするか、${audience} でアプリの対象を「外部」にしてください`,
    },
    letter: {
      en: 'The app admits only members of the organisation in which it was made. Would you please set its audience to "External" with my address among the test users, or tell me which account I should sign in with?',
      ja: 'このアプリは作成元の組織のメンバーしか使えません。対象を「外部」にして私のアドレスをテストユーザーに加えていただくか、どのアカウントでサインインすべきかをお知らせいただけないでしょうか。',
    },
    page: codes,
    inBrowser: true,
  },
  {
    id: 'disallowed_useragent',
    kind: 'signin',
    who: ['you'],
    meaning: {
      en: 'Google does not let people sign in inside another program',
      ja: 'Google は、ほかのプログラムに埋め込まれた画面でのサインインを認めていません',
    },
    remedy: {
      en: 'use --no-browser and open the address in an ordinary browser',
      ja: '--no-browser を付けて実行し、表示されたアドレスを普通のブラウザーで開いてください',
    },
    page: errors,
    inBrowser: true,
  },
  {
    id: 'invalid_client',
    aliases: ['the oauth client was not found'],
    kind: 'settings',
    who: ['you', 'registrant'],
    meaning: {
      en: 'Google does not know this client id, or the secret is not its own',
      ja: 'Google がこのクライアント ID を認識できないか、シークレットが一致しません',
    },
    remedy: compare,
    letter: newClient,
    page: codes,
  },
  {
    // Clients that nobody uses for six months are deleted, and can be restored for 30 days.
    id: 'deleted_client',
    kind: 'settings',
    who: ['registrant'],
    meaning: {
      en: 'the client was deleted at Google (that happens by itself after six months without use)',
      ja: 'クライアントが Google で削除されています（6 か月使われないと自動的に削除されます）',
    },
    remedy: {
      en: `restore it within 30 days at ${clients}, or create a new one of type "Desktop app" and put it into holdall.yaml`,
      ja: `削除から 30 日以内なら ${clients} で復元できます。または種類が「デスクトップ アプリ」のクライアントを新しく作り、holdall.yaml に書いてください`,
    },
    letter: {
      en: 'The OAuth client has been deleted. Would you please restore it (possible within 30 days, in the Google Cloud console under Clients), or tell me a new client id and secret?',
      ja: 'OAuth クライアントが削除されています。Google Cloud コンソールの「クライアント」で復元していただくか（30 日以内なら可能です）、新しいクライアント ID とシークレットをお知らせいただけないでしょうか。',
    },
    page: 'https://support.google.com/cloud/answer/15549257',
  },
  {
    id: 'disabled_client',
    kind: 'settings',
    who: ['registrant'],
    meaning: { en: 'the client was disabled at Google', ja: 'クライアントが Google で無効になっています' },
    remedy: {
      en: `look at ${clients}, or create a new one`,
      ja: `${clients} を確認するか、新しいクライアントを作ってください`,
    },
    letter: newClient,
    page: 'https://support.google.com/cloud/answer/15549257',
  },
  {
    // As met by others: HTTP 403, "Unregistered scope(s) in the request".
    id: 'restricted_client',
    aliases: ['unregistered scope'],
    kind: 'settings',
    who: ['registrant'],
    meaning: {
      en: 'Google does not let this client ask for the rights that the sources need',
      ja: 'このクライアントには、選んだソースに必要な権限を求めることが認められていません',
    },
    remedy: {
      en: `use a client of your own: ${desktop.en}; its rights are listed at https://console.cloud.google.com/auth/scopes`,
      ja: `自分のクライアントを使ってください：${desktop.ja}。権限は https://console.cloud.google.com/auth/scopes で登録します`,
    },
    letter: {
      en: 'The client is restricted to other rights than those listed above. Would you please add these to the app (Google Cloud console, Data access), or tell me a client id that may ask for them?',
      ja: 'このクライアントは、上記以外の権限だけに制限されています。アプリの「データアクセス」にこれらの権限を加えていただくか、使用できるクライアント ID をお知らせいただけないでしょうか。',
    },
    page: errors,
    inBrowser: true,
  },
  {
    id: 'unauthorized_client',
    kind: 'settings',
    who: ['registrant'],
    meaning: {
      en: 'this client may not sign people in to Google in this way',
      ja: 'このクライアントでは、この方法で Google にサインインできません',
    },
    remedy: desktop,
    letter: newClient,
    page: errors,
  },
  {
    id: 'redirect_uri_mismatch',
    kind: 'settings',
    who: ['registrant'],
    meaning: {
      en: 'the client is not of the type "Desktop app", so Google does not send the browser back to this computer',
      ja: 'クライアントの種類が「デスクトップ アプリ」でないため、Google からこのコンピューターに戻れません',
    },
    remedy: desktop,
    letter: newClient,
    page: codes,
  },
  {
    id: 'invalid_scope',
    kind: 'settings',
    who: ['registrant'],
    meaning: {
      en: 'Google does not know a right that was asked for, or this kind of client may not ask for it',
      ja: '求めた権限を Google が認識できないか、この種類のクライアントでは求められない権限です',
    },
    remedy: {
      en: `see that the client is of type "Desktop app" (${clients}) and that the rights are listed at https://console.cloud.google.com/auth/scopes`,
      ja: `クライアントの種類が「デスクトップ アプリ」であること（${clients}）と、権限が https://console.cloud.google.com/auth/scopes に登録されていることを確かめてください`,
    },
    letter: newClient,
    page: errors,
    inBrowser: true,
  },
  {
    // https://support.google.com/cloud/answer/7454865: unverified apps take 100 new people in their life.
    id: 'rate_limit_exceeded',
    aliases: ['sign-in rate limit'],
    kind: 'signin',
    who: ['registrant'],
    meaning: {
      en: 'the app has admitted as many people as Google allows an app that it has not verified',
      ja: '審査を受けていないアプリに Google が認める利用者数の上限に達しています',
    },
    remedy: {
      en: 'make an app of your own (holdall init tells how), or ask whoever registered this one',
      ja: '自分のアプリを作るか（作り方は holdall init で案内します）、アプリの登録者に問い合わせてください',
    },
    letter: {
      en: 'The app has reached the number of people that Google allows an unverified app. Would you please have it verified, set its audience to "Internal", or tell me another client id?',
      ja: 'アプリが、審査前の利用者数の上限に達しています。審査を受けるか、対象を「内部」にするか、別のクライアント ID をお知らせいただけないでしょうか。',
    },
    page: 'https://support.google.com/cloud/answer/7454865',
    inBrowser: true,
  },
  ...googleEndings,
]

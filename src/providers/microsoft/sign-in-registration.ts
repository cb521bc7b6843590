import type { Diagnosis } from '../../core/diagnosis.ts'
import { administrator, codes, registrations } from './sign-in-places.ts'

const accounts = 'https://learn.microsoft.com/entra/identity-platform/supported-accounts-validation'

const publicClient = {
  en: `set "Allow public client flows" to Yes at ${registrations.en}, Authentication, and put http://localhost under "Mobile and desktop applications"`,
  ja: `${registrations.ja} の「認証」で「パブリック クライアント フローを許可する」を「はい」にし、「モバイル アプリケーションとデスクトップ アプリケーション」に http://localhost を加えてください`,
}
const pleaseMakePublic = {
  en: 'Would you please set "Allow public client flows" to Yes in the registration of the app, and add the redirect URI http://localhost under "Mobile and desktop applications"?',
  ja: 'アプリの登録で「パブリック クライアント フローを許可する」を「はい」にし、「モバイル アプリケーションとデスクトップ アプリケーション」にリダイレクト URI の http://localhost を加えていただけないでしょうか。',
}
const whichAccount = {
  en: 'Would you please tell me which account and which organisation (tenant) I should sign in to, or invite my account to it?',
  ja: 'どのアカウントで、どの組織（テナント）にサインインすべきかをお知らせいただくか、私のアカウントを招待していただけないでしょうか。',
}
const whichClient = {
  en: 'Would you please tell me the application (client) id and the directory (tenant) id that I should use?',
  ja: '使用すべきアプリケーション（クライアント）ID とディレクトリ（テナント）ID をお知らせいただけないでしょうか。',
}

/** Refusals about the app's registration, the settings, and accounts of elsewhere. Most are shown in the browser alone. */
export const registrationDiagnoses: readonly Diagnosis[] = [
  {
    id: 'AADSTS50020',
    aliases: ['AADSTS16000', 'AADSTS500208', 'AADSTS90072', 'AADSTS16003'],
    kind: 'signin',
    who: ['you', 'administrator'],
    meaning: {
      en: 'this account does not belong to the organisation that the app or `tenant` is for',
      ja: 'このアカウントは、アプリまたは tenant で指定された組織のものではありません',
    },
    remedy: {
      en: 'sign in with an account of that organisation, or correct tenant in holdall.yaml',
      ja: 'その組織のアカウントでサインインするか、holdall.yaml の tenant を直してください',
    },
    letter: whichAccount,
    page: 'https://learn.microsoft.com/troubleshoot/azure/active-directory/error-code-aadsts50020-user-account-identity-provider-does-not-exist',
    inBrowser: true,
  },
  {
    id: 'AADSTS50034',
    aliases: ['AADSTS51004'],
    kind: 'signin',
    who: ['you', 'administrator'],
    meaning: {
      en: 'there is no such account in the organisation that the app or `tenant` is for',
      ja: 'アプリまたは tenant で指定された組織に、このアカウントはありません',
    },
    remedy: {
      en: 'see that the address is right, or correct tenant in holdall.yaml',
      ja: 'アドレスが正しいかを確かめるか、holdall.yaml の tenant を直してください',
    },
    letter: whichAccount,
    page: codes,
    inBrowser: true,
  },
  {
    id: 'AADSTS700016',
    kind: 'settings',
    who: ['you', 'registrant'],
    meaning: {
      en: 'Microsoft does not know this client id in your organisation',
      ja: 'この組織では、Microsoft がこのクライアント ID を認識できません',
    },
    remedy: {
      en: `compare client.id in holdall.yaml with the "Application (client) ID" at ${registrations.en}; where the app is for one directory only, set tenant to the id of that one`,
      ja: `holdall.yaml の client.id を ${registrations.ja} の「アプリケーション（クライアント）ID」と見比べてください。アプリが 1 つのディレクトリ専用の場合は、tenant にそのディレクトリの ID を書いてください`,
    },
    letter: whichClient,
    page: codes,
  },
  {
    id: 'AADSTS7000218',
    aliases: ['invalid_client'],
    kind: 'settings',
    who: ['registrant'],
    meaning: {
      en: 'the app is not registered as one that works without a secret',
      ja: 'アプリが、シークレットなしで使えるように登録されていません',
    },
    remedy: publicClient,
    letter: pleaseMakePublic,
    page: codes,
  },
  {
    id: 'AADSTS700025',
    kind: 'settings',
    who: ['you'],
    meaning: {
      en: 'the app works without a secret, and one was sent',
      ja: 'シークレット不要のアプリに、シークレットが送られました',
    },
    remedy: {
      en: 'take client.secret out of holdall.yaml (and out of the environment)',
      ja: 'holdall.yaml（と環境変数）から client.secret を取り除いてください',
    },
    page: codes,
  },
  {
    id: 'AADSTS7000112',
    kind: 'settings',
    who: ['registrant', 'administrator'],
    meaning: { en: 'the app has been disabled', ja: 'アプリが無効になっています' },
    remedy: {
      en: `ask whoever registered it, or ${administrator.en}, to enable it; or register one of your own`,
      ja: `アプリの登録者または${administrator.ja}に、有効にしてもらうよう頼むか、自分のアプリを登録してください`,
    },
    letter: {
      en: 'The app has been disabled. Would you please enable it again, or tell me which one I may use?',
      ja: 'アプリが無効になっています。もう一度有効にしていただくか、使用してよいアプリをお知らせいただけないでしょうか。',
    },
    page: codes,
  },
  {
    id: 'AADSTS50011',
    aliases: ['AADSTS500113'],
    kind: 'settings',
    who: ['registrant'],
    meaning: {
      en: 'the app does not send the browser back to this computer',
      ja: 'アプリの設定では、ブラウザーからこのコンピューターに戻れません',
    },
    remedy: {
      en: `add the redirect URI http://localhost under "Mobile and desktop applications" at ${registrations.en}, Authentication`,
      ja: `${registrations.ja} の「認証」で、「モバイル アプリケーションとデスクトップ アプリケーション」にリダイレクト URI の http://localhost を加えてください`,
    },
    letter: pleaseMakePublic,
    page: 'https://learn.microsoft.com/troubleshoot/azure/active-directory/error-code-aadsts50011-reply-url-mismatch',
    inBrowser: true,
  },
  {
    id: 'AADSTS50059',
    aliases: ['AADSTS50128'],
    kind: 'settings',
    who: ['you'],
    meaning: { en: 'Microsoft cannot tell which organisation is meant', ja: 'Microsoft が、どの組織のことか判断できません' },
    remedy: {
      en: 'set tenant in holdall.yaml to the domain of your organisation (the part of your address after the @)',
      ja: 'holdall.yaml の tenant に、組織のドメイン（アドレスの @ の後ろ）を書いてください',
    },
    letter: whichClient,
    page: codes,
  },
  {
    id: 'AADSTS90002',
    kind: 'settings',
    who: ['you'],
    meaning: {
      en: 'there is no organisation of the name or id that `tenant` states',
      ja: 'tenant に書かれた名前または ID の組織は存在しません',
    },
    remedy: {
      en: 'set tenant in holdall.yaml to the domain of your organisation (the part of your address after the @), or to common',
      ja: 'holdall.yaml の tenant に、組織のドメイン（アドレスの @ の後ろ）または common を書いてください',
    },
    letter: whichClient,
    page: codes,
  },
  {
    id: 'AADSTS50194',
    kind: 'settings',
    who: ['you', 'registrant'],
    meaning: {
      en: 'the app is for the accounts of one directory only',
      ja: 'アプリは 1 つのディレクトリのアカウント専用です',
    },
    remedy: {
      en: `set tenant in holdall.yaml to the "Directory (tenant) ID" at ${registrations.en}`,
      ja: `holdall.yaml の tenant に、${registrations.ja} の「ディレクトリ（テナント）ID」を書いてください`,
    },
    letter: whichClient,
    page: 'https://learn.microsoft.com/troubleshoot/entra/entra-id/app-integration/error-code-AADSTS50194-app-is-not-configured-as-multitenant-app',
  },
  {
    id: 'AADSTS9002331',
    aliases: ["'useraudience' configuration"],
    kind: 'settings',
    who: ['you', 'registrant'],
    meaning: { en: 'the app is for personal accounts only', ja: 'アプリは個人用アカウント専用です' },
    remedy: {
      en: 'set tenant: consumers in holdall.yaml, and sign in with a personal account',
      ja: 'holdall.yaml に tenant: consumers と書き、個人用アカウントでサインインしてください',
    },
    letter: whichClient,
    page: accounts,
  },
  {
    id: 'AADSTS9002332',
    kind: 'settings',
    who: ['you', 'registrant'],
    meaning: {
      en: 'the app is for school and work accounts only',
      ja: 'アプリは職場または学校のアカウント専用です',
    },
    remedy: {
      en: 'set tenant: organizations in holdall.yaml, and sign in with the account of your school or employer',
      ja: 'holdall.yaml に tenant: organizations と書き、職場または学校のアカウントでサインインしてください',
    },
    letter: whichClient,
    page: accounts,
  },
  {
    id: 'unauthorized_client',
    kind: 'settings',
    who: ['you', 'registrant'],
    meaning: {
      en: 'this app may not sign people in in this way',
      ja: 'このアプリでは、この方法でサインインできません',
    },
    remedy: {
      en: `compare client.id and tenant in holdall.yaml with ${registrations.en}`,
      ja: `holdall.yaml の client.id と tenant を ${registrations.ja} の値と見比べてください`,
    },
    letter: whichClient,
    page: codes,
  },
  {
    id: 'invalid_scope',
    aliases: ['AADSTS70011'],
    kind: 'settings',
    who: ['registrant'],
    meaning: {
      en: 'Microsoft does not know a right that was asked for',
      ja: '求めた権限を Microsoft が認識できません',
    },
    remedy: {
      en: `see API permissions of the app at ${registrations.en}`,
      ja: `${registrations.ja} で、アプリの「API のアクセス許可」を確かめてください`,
    },
    letter: {
      en: 'Would you please see whether the rights above can be given to the app (API permissions)?',
      ja: '上記の権限をアプリに与えられるかどうか（「API のアクセス許可」）をご確認いただけないでしょうか。',
    },
    page: codes,
  },
]

import type { Diagnosis } from '../../core/diagnosis.ts'
import { administrator, again, codes, registrations } from './sign-in-places.ts'

/** Says how little is asked for, which is what a help desk wants to know: true of every source and setting, also of the rights to what others shared. */
const least = {
  en: 'The app asks for nothing but rights to read, as far as I may read myself, and what it copies stays on my own computer.',
  ja: 'アプリが求めるのは、私自身が閲覧できる範囲の読み取り権限だけで、コピーしたデータは私のコンピューターの外に出ません。',
}
const pleaseAgree = {
  en: `Would you please open {consent} and agree to this app, or assign me a client id that I may use? ${least.en}`,
  ja: `{consent} を開いてこのアプリに同意していただくか、使用してよいクライアント ID をお知らせいただけないでしょうか。${least.ja}`,
}

/**
 * Refusals about consent. That somebody has to agree is often a page in the browser alone ("Need admin approval"), from which the person comes back by
 * its link, as AADSTS65004: as met by github.com/zammad/zammad, external_credential/microsoft365.rb
 */
export const consentDiagnoses: readonly Diagnosis[] = [
  {
    id: 'AADSTS65001',
    kind: 'signin',
    who: ['you', 'administrator'],
    meaning: {
      en: 'nobody has agreed yet that this app may read the account',
      ja: 'このアプリがアカウントを読み取ることに、まだ誰も同意していません',
    },
    remedy: {
      en: `${again.en} and agree to what is asked; where the page wants an administrator, ask ${administrator.en} to open {consent} and agree`,
      ja: `もう一度サインインし、求められた内容に同意してください。管理者の承認が必要と表示された場合は、${administrator.ja}に {consent} を開いて同意してもらってください`,
    },
    letter: pleaseAgree,
    page: codes,
  },
  {
    // "Need admin approval": https://learn.microsoft.com/troubleshoot/entra/entra-id/app-integration/error-code-AADSTS90094-grant-requires-administrator
    id: 'AADSTS90094',
    aliases: ['need admin approval', '管理者の承認が必要'],
    kind: 'signin',
    who: ['administrator'],
    meaning: {
      en: 'in your organisation only an administrator may allow this app to read your files',
      ja: '組織の設定により、このアプリによるファイルの読み取りを許可できるのは管理者だけです',
    },
    remedy: {
      en: `ask ${administrator.en} to open {consent} and agree; where holdall.yaml says "shared: true" for OneDrive, without it less is asked for, which people may often allow themselves`,
      ja: `${administrator.ja}に {consent} を開いて同意してもらってください。holdall.yaml の OneDrive に「shared: true」がある場合は、それを外すと求める権限が減り、本人の同意だけで済むことがあります`,
    },
    letter: pleaseAgree,
    page: 'https://learn.microsoft.com/troubleshoot/entra/entra-id/app-integration/error-code-AADSTS90094-grant-requires-administrator',
  },
  {
    id: 'AADSTS90095',
    aliases: ['approval required', '承認が必要'],
    kind: 'signin',
    who: ['administrator'],
    meaning: {
      en: 'in your organisation only an administrator may allow this app, and your request has gone to them',
      ja: '組織の設定により、このアプリを許可できるのは管理者だけです。あなたの申請は管理者に送られました',
    },
    remedy: {
      en: `wait until they have agreed, or ask ${administrator.en} to open {consent}`,
      ja: `同意されるまで待つか、${administrator.ja}に {consent} を開いてもらってください`,
    },
    letter: {
      en: `I have sent a request for approval of this app. Would you please decide on it (Entra admin center: Enterprise applications, Admin consent requests), or open {consent}? ${least.en}`,
      ja: `このアプリの承認を申請しました。Entra 管理センターの「エンタープライズ アプリケーション」→「管理者の同意要求」でご確認いただくか、{consent} を開いて同意していただけないでしょうか。${least.ja}`,
    },
    page: 'https://learn.microsoft.com/entra/identity/enterprise-apps/configure-admin-consent-workflow',
  },
  {
    id: 'AADSTS65004',
    aliases: ['access_denied', 'authorization_declined'],
    kind: 'signin',
    who: ['you', 'administrator'],
    meaning: {
      en: 'the sign-in was declined on the page of Microsoft',
      ja: 'Microsoft の画面でサインインが拒否されました',
    },
    remedy: {
      en: `${again.en} and agree to what is asked; where the page wants an administrator, ask ${administrator.en} to open {consent} and agree`,
      ja: `もう一度サインインし、求められた内容に同意してください。管理者の承認が必要と表示された場合は、${administrator.ja}に {consent} を開いて同意してもらってください`,
    },
    letter: pleaseAgree,
    page: codes,
  },
  {
    id: 'consent_required',
    kind: 'signin',
    who: ['you'],
    meaning: {
      en: 'Microsoft wants to ask for your consent again',
      ja: 'Microsoft が、もう一度あなたの同意を求めています',
    },
    remedy: {
      en: `${again.en} and agree to what is asked`,
      ja: 'もう一度サインインし、求められた内容に同意してください',
    },
    letter: pleaseAgree,
    page: codes,
  },
  {
    id: 'AADSTS65005',
    aliases: ['AADSTS650056', 'AADSTS650057'],
    kind: 'settings',
    who: ['registrant', 'administrator'],
    meaning: {
      en: 'the app asks for a right that it was not registered with, or your organisation’s directory is not managed by anybody',
      ja: '登録されていない権限をアプリが求めたか、組織のディレクトリに管理者がいません',
    },
    remedy: {
      en: `add the rights at ${registrations.en}, API permissions; a directory that nobody manages has to be taken over by an administrator first`,
      ja: `${registrations.ja} の「API のアクセス許可」で権限を加えてください。管理者のいないディレクトリは、先に管理者が引き継ぐ必要があります`,
    },
    letter: {
      en: 'Would you please add the rights above to the registration of the app (API permissions, Microsoft Graph, Delegated)?',
      ja: 'アプリの登録に、上記の権限を加えていただけないでしょうか（「API のアクセス許可」→「Microsoft Graph」→「委任されたアクセス許可」）。',
    },
    page: codes,
  },
  {
    id: 'AADSTS650052',
    aliases: ['AADSTS500011'],
    kind: 'signin',
    who: ['administrator'],
    meaning: {
      en: 'your organisation has not subscribed to the service that the app asks for, or has switched it off',
      ja: 'アプリが必要とするサービスを組織が契約していないか、無効にしています',
    },
    remedy: {
      en: `ask ${administrator.en} whether OneDrive and OneNote are there for you; see that tenant in holdall.yaml names the right organisation`,
      ja: `OneDrive と OneNote が使えるかどうかを${administrator.ja}に問い合わせてください。holdall.yaml の tenant が正しい組織かどうかも確かめてください`,
    },
    letter: {
      en: 'Would you please see whether Microsoft Graph, OneDrive and OneNote are enabled in our organisation and for my account?',
      ja: '組織と私のアカウントで Microsoft Graph、OneDrive、OneNote が有効になっているかをご確認いただけないでしょうか。',
    },
    page: codes,
  },
  {
    id: 'AADSTS50105',
    kind: 'signin',
    who: ['administrator'],
    meaning: {
      en: 'your organisation lets only chosen people use this app, and you are not among them',
      ja: 'このアプリを使えるのは組織が選んだ人だけで、あなたは含まれていません',
    },
    remedy: {
      en: `ask ${administrator.en} to assign you to the app (Enterprise applications, the app, Users and groups)`,
      ja: `${administrator.ja}に、アプリへの割り当てを頼んでください（「エンタープライズ アプリケーション」→ 該当のアプリ →「ユーザーとグループ」）`,
    },
    letter: {
      en: 'Would you please assign my account to this app (Enterprise applications, the app, Users and groups), or switch off "Assignment required"?',
      ja: '「エンタープライズ アプリケーション」→ 該当のアプリ →「ユーザーとグループ」で私のアカウントを割り当てていただくか、「割り当てが必要」をオフにしていただけないでしょうか。',
    },
    page: 'https://learn.microsoft.com/troubleshoot/azure/active-directory/error-code-aadsts50105-user-not-assigned-role',
  },
]

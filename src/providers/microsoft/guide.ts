import type { AppChoice, GuideStep, PastedClient, SetupGuide } from '../../core/guide.ts'
import type { Localised } from '../../core/language.ts'

const portal = 'https://entra.microsoft.com'

/** As the page names who may sign in: https://learn.microsoft.com/entra/identity-platform/quickstart-register-app */
function accountTypes({ settings }: AppChoice): Localised {
  if (settings.tenant === 'consumers')
    return {
      en: '"Supported account types": personal Microsoft accounts only.',
      ja: '「サポートされているアカウントの種類」: 個人用 Microsoft アカウントのみ',
    }
  if (settings.tenant === 'organizations')
    return {
      en: '"Supported account types": any organizational directory (Multitenant).',
      ja: '「サポートされているアカウントの種類」: 任意の組織ディレクトリ内のアカウント（マルチテナント）',
    }
  return {
    en: '"Supported account types": this organizational directory only (Single tenant).',
    ja: '「サポートされているアカウントの種類」: この組織ディレクトリのみに含まれるアカウント（シングル テナント）',
  }
}

/** A public client with a loopback redirect: https://learn.microsoft.com/entra/identity-platform/scenario-desktop-app-registration */
export const guide: SetupGuide = {
  questions: [
    {
      key: 'tenant',
      question: { en: 'What kind of Microsoft account is it?', ja: 'Microsoft アカウントの種類を選んでください' },
      choices: [
        { value: 'organizations', title: { en: 'of a school or an employer', ja: '学校または職場のアカウント' } },
        {
          value: 'consumers',
          title: { en: 'a personal one (outlook.com, hotmail.com …)', ja: '個人用アカウント（outlook.com、hotmail.com など）' },
        },
      ],
      other: {
        en: 'the domain or id of one directory, where the app is for that one alone',
        ja: '特定のディレクトリだけのアプリの場合は、そのドメインまたは ID',
      },
      complaint: (answer) =>
        /^[a-z0-9][a-z0-9.-]*$/i.test(answer)
          ? undefined
          : {
              en: 'a directory is named by a domain (example.ac.jp) or an id',
              ja: 'ディレクトリは、ドメイン（example.ac.jp など）または ID で指定します',
            },
    },
  ],
  app: {
    before: {
      en: 'Microsoft lets programs in only through an app that is registered in a directory. Ask your school or employer first whether it has one for Holdall. Else you register one, once: about ten minutes, free. A personal account needs a directory of its own first (sign up at https://azure.microsoft.com/free, which asks for a card). Many organisations let their members register none: then only their help desk can.',
      ja: 'Microsoft では、プログラムはディレクトリに登録された「アプリ」を通じてのみアクセスできます。まず、学校や勤務先に Holdall 用のアプリがないかをお尋ねください。ない場合は、ご自身で一度だけ登録します（約 10 分、無料）。個人用アカウントの場合は、先にご自身のディレクトリが必要です（https://azure.microsoft.com/free で登録。カードの入力を求められます）。利用者によるアプリの登録を認めていない組織では、ヘルプデスクに依頼してください。',
    },
    steps: (choice): readonly GuideStep[] => [
      {
        title: { en: 'Register the app', ja: 'アプリを登録する' },
        page: portal,
        actions: [
          {
            en: 'Sign in. "Entra ID", "App registrations", "New registration".',
            ja: 'サインインし、「Entra ID」、「アプリの登録」、「新規登録」の順に進みます。',
          },
          { en: '"Name": Holdall.', ja: '「名前」に Holdall と入力します。' },
          accountTypes(choice),
          {
            en: '"Redirect URI": choose "Public client/native (mobile & desktop)" and paste this address, then "Register":',
            ja: '「リダイレクト URI」で「パブリック クライアント/ネイティブ (モバイルとデスクトップ)」を選び、次のアドレスを貼り付けて「登録」を押します。',
          },
        ],
        copy: [choice.redirect],
        source: 'https://learn.microsoft.com/entra/identity-platform/quickstart-register-app',
      },
      {
        title: { en: 'See that it counts as a program on a computer', ja: 'デスクトップ用のアプリになっているかを確かめる' },
        page: portal,
        actions: [
          {
            en: 'In the app: "Authentication". The address stands under "Mobile and desktop applications"; under "Web" it would not work: remove it there and add it here.',
            ja: 'アプリの「認証」を開き、アドレスが「モバイル アプリケーションとデスクトップ アプリケーション」の下にあることを確かめます。「Web」の下にあると動作しないため、削除してこちらに追加してください。',
          },
          {
            en: 'Only for signing in without a browser (--device): "Allow public client flows": "Yes", then "Save".',
            ja: 'ブラウザーを使わずにサインインする場合（--device）に限り、「パブリック クライアント フローを許可する」を「はい」にして「保存」を押します。',
          },
        ],
        source: 'https://learn.microsoft.com/entra/identity-platform/how-to-add-redirect-uri',
      },
      {
        title: { en: 'Name the rights: reading, and only what you chose', ja: '権限を指定する（選んだデータの読み取りだけ）' },
        page: portal,
        actions: [
          {
            en: 'In the app: "API permissions", "Add a permission", "Microsoft Graph", "Delegated permissions".',
            ja: 'アプリの「API のアクセス許可」から、「アクセス許可の追加」、「Microsoft Graph」、「委任されたアクセス許可」の順に進みます。',
          },
          {
            en: 'Search for each of these, tick it, then "Add permissions":',
            ja: '次の権限をそれぞれ検索してオンにし、「アクセス許可の追加」を押します。',
          },
          {
            en: '"Grant admin consent" is not needed: these are rights that you may give yourself, where your organisation leaves that to its members.',
            ja: '「管理者の同意を与えます」は不要です。組織が利用者の同意を認めていれば、いずれもご自身で許可できる権限です。',
          },
        ],
        copy: choice.scopes,
        source: 'https://learn.microsoft.com/entra/identity-platform/quickstart-configure-app-access-web-apis',
      },
      {
        title: { en: 'Copy its id', ja: 'ID をコピーする' },
        page: portal,
        actions: [
          {
            en: 'In the app: "Overview". Copy "Application (client) ID". It is not the "Object ID", and no secret is needed. You paste it here next.',
            ja: 'アプリの「概要」で「アプリケーション (クライアント) ID」をコピーします。「オブジェクト ID」ではありません。シークレットは不要です。次に、ここに貼り付けます。',
          },
        ],
        source: 'https://learn.microsoft.com/entra/identity-platform/quickstart-register-app',
      },
    ],
    readClient,
  },
}

function readClient(pasted: string): PastedClient {
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(pasted)) return { id: pasted.toLowerCase() }
  // Secrets that the portal makes are about 40 signs long, with a tilde among the first.
  if (pasted.includes('~') && pasted.length >= 30)
    return {
      problem: {
        en: 'that is a client secret, which Holdall does not need; delete it there, and copy "Application (client) ID" from "Overview"',
        ja: 'それはクライアント シークレットで、Holdall では使いません。ポータルで削除し、「概要」の「アプリケーション (クライアント) ID」をコピーしてください',
      },
    }
  return {
    problem: {
      en: 'that is no client id of Microsoft: one looks like 00000000-0000-0000-0000-000000000000',
      ja: 'Microsoft のクライアント ID ではないようです。00000000-0000-0000-0000-000000000000 のような形です',
    },
  }
}

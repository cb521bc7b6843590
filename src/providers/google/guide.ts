import { z } from 'zod'
import type { GuideStep, PastedClient, SetupGuide } from '../../core/guide.ts'
import type { Localised } from '../../core/language.ts'

const cloudConsole = 'https://console.cloud.google.com'

/** The API of each source, as the library of the console names it: https://developers.google.com/workspace/guides/enable-apis */
const apis: Readonly<Record<string, string>> = {
  drive: 'drive.googleapis.com',
  gmail: 'gmail.googleapis.com',
  contacts: 'people.googleapis.com',
  calendar: 'calendar-json.googleapis.com',
  tasks: 'tasks.googleapis.com',
}

/** The form that lists take of what is asked for by a short name: https://developers.google.com/identity/protocols/oauth2/scopes#oauth2 */
const listed = (scope: string) => (scope === 'email' ? 'https://www.googleapis.com/auth/userinfo.email' : scope)

/** An app of type "Desktop app": https://developers.google.com/identity/protocols/oauth2/native-app */
export const guide: SetupGuide = {
  questions: [],
  app: {
    before: {
      en: 'Google lets programs in only through an app. You make one of your own, once: it takes about fifteen minutes, costs nothing and asks for no credit card. If your school or employer does not let you create a project, make it with a personal Google account: it can be used for the other one too, unless the administrator forbids unknown apps.',
      ja: 'Google では、プログラムは「アプリ」を通じてのみアクセスできます。そこで、ご自身のアプリを一度だけ作ります。15 分ほどで終わり、料金もクレジットカードも必要ありません。学校や勤務先のアカウントでプロジェクトを作成できない場合は、個人の Google アカウントで作成してください。管理者が未承認のアプリを禁止していなければ、それを学校や勤務先のアカウントにも使えます。',
    },
    steps: ({ sources, scopes }): readonly GuideStep[] => [
      {
        title: { en: 'Create a project', ja: 'プロジェクトを作成する' },
        page: `${cloudConsole}/projectcreate`,
        actions: [
          { en: 'Sign in, and agree to the terms if they are shown.', ja: 'サインインし、利用規約が表示されたら同意します。' },
          {
            en: '"Project name": Holdall. Leave the rest as it is, then "Create".',
            ja: '「プロジェクト名」に Holdall と入力し、ほかはそのままで「作成」を押します。',
          },
          {
            en: 'Wait for the message that it is ready, then "Select project". Its name stands at the top of every page that follows.',
            ja: '作成完了の通知を待ち、「プロジェクトを選択」を押します。以降のページでは、上部にこの名前が表示されていることを確かめてください。',
          },
        ],
        source: 'https://developers.google.com/workspace/guides/create-project',
      },
      {
        title: { en: 'Switch on the APIs of what you back up', ja: 'バックアップするデータの API を有効にする' },
        page: `${cloudConsole}/apis/library`,
        actions: [
          {
            en: 'Open each of these addresses and press "Enable":',
            ja: '次のアドレスを 1 つずつ開き、「有効にする」を押します。',
          },
        ],
        copy: sources.flatMap((source) => (apis[source] === undefined ? [] : [`${cloudConsole}/apis/library/${apis[source]}`])),
        source: 'https://developers.google.com/workspace/guides/enable-apis',
      },
      {
        title: { en: 'Describe the app', ja: 'アプリの情報を入力する' },
        page: `${cloudConsole}/auth/overview`,
        actions: [
          {
            en: '"Get started". "App name": Holdall. "User support email": your address. "Next".',
            ja: '「開始」を押します。「アプリ名」に Holdall、「ユーザー サポートメール」にご自身のアドレスを指定し、「次へ」を押します。',
          },
          {
            en: '"Audience": "Internal" if it can be chosen (an app for people of your organisation alone), else "External". "Next".',
            ja: '「対象」で、選べる場合は「内部」（組織内の利用者だけが使えるアプリ）、選べない場合は「外部」を選び、「次へ」を押します。',
          },
          {
            en: '"Contact information": your address. "Next", agree, "Continue", "Create".',
            ja: '「連絡先情報」にご自身のアドレスを入力し、「次へ」、同意して「続行」、「作成」の順に押します。',
          },
        ],
        source: 'https://support.google.com/cloud/answer/15544987',
      },
      {
        title: { en: 'Publish it, so that sign-ins last', ja: 'サインインが続くように公開する' },
        page: `${cloudConsole}/auth/audience`,
        actions: [
          { en: 'With "Internal" there is nothing to do here.', ja: '「内部」を選んだ場合、ここでの操作は不要です。' },
          {
            en: 'With "External": "Publish app", then "Confirm". "Publishing status" now says "In production". Nobody reviews it, and nobody sees it who does not have its id.',
            ja: '「外部」の場合は「アプリを公開」、「確認」の順に押し、「公開ステータス」を「本番環境」にします。審査は行われず、クライアント ID を知らない人の目に触れることもありません。',
          },
          {
            en: 'If it stayed in "Testing", only people listed as test users could sign in, and each sign-in would end after seven days: a longer backup would stop in the middle until you sign in again.',
            ja: '「テスト中」のままにすると、テストユーザーに登録した人しかサインインできず、サインインは 7 日で切れます。長いバックアップは、サインインし直すまで途中で止まってしまいます。',
          },
        ],
        // The seven days: https://developers.google.com/identity/protocols/oauth2#expiration
        source: 'https://support.google.com/cloud/answer/15549945',
      },
      {
        title: { en: 'Name the rights: reading, and only what you chose', ja: '権限を指定する（選んだデータの読み取りだけ）' },
        page: `${cloudConsole}/auth/scopes`,
        actions: [
          {
            en: '"Add or remove scopes". At the bottom, under "Manually add scopes", paste these lines, then "Add to table":',
            ja: '「スコープを追加または削除」を押し、いちばん下の「スコープの手動追加」に次の行を貼り付けて、「テーブルに追加」を押します。',
          },
          {
            en: 'Then "Update", and "Save" at the bottom of the page.',
            ja: '続けて「更新」を押し、ページ下部の「保存」を押します。',
          },
        ],
        copy: scopes.map(listed),
        source: 'https://support.google.com/cloud/answer/15549135',
      },
      {
        title: { en: 'Create the client', ja: 'クライアントを作成する' },
        page: `${cloudConsole}/auth/clients`,
        actions: [
          {
            en: '"Create client". "Application type": "Desktop app" (no other will do). "Name": Holdall. "Create".',
            ja: '「クライアントを作成」を押します。「アプリケーションの種類」は必ず「デスクトップ アプリ」を選び、「名前」に Holdall と入力して「作成」を押します。',
          },
          {
            en: 'No redirect address is asked for: a desktop app may always come back to this computer.',
            ja: 'リダイレクト先のアドレスの入力は不要です。デスクトップ アプリは、常にこのコンピューターに戻れます。',
          },
          {
            en: 'Keep the window with "Client ID" and "Client secret" open: the secret is shown only now. You paste both here next.',
            ja: '「クライアント ID」と「クライアント シークレット」が表示された画面は開いたままにしてください。シークレットが表示されるのはこのときだけです。次に、両方をここに貼り付けます。',
          },
        ],
        source: 'https://support.google.com/cloud/answer/15549257',
      },
    ],
    after: {
      en: 'When you sign in, Google warns that it has not verified the app. It is your own: "Advanced", then "Go to Holdall (unsafe)". Then tick every box.',
      ja: 'サインインのとき、Google が「このアプリは確認されていません」と警告します。ご自身のアプリなので、「詳細」、「Holdall（安全ではないページ）に移動」の順に進み、表示されるチェックボックスをすべてオンにしてください。',
    },
    readClient,
    secretComplaint: (pasted) => {
      if (idForm.test(pasted)) return problems.idAgain
      return /\s/.test(pasted) || pasted.length < 16 ? problems.secret : undefined
    },
  },
}

const idForm = /^\d+(-[a-z0-9]+)?\.apps\.googleusercontent\.com$/

const problems = {
  secret: {
    en: 'that is no client secret: it is one word, and begins with GOCSPX- in apps made today',
    ja: 'クライアント シークレットではないようです。空白のない文字列で、現在作成されるアプリでは GOCSPX- で始まります',
  },
  idAgain: {
    en: 'that is the client id again; the secret stands below it on the page',
    ja: 'それはクライアント ID です。シークレットは、同じ画面のその下にあります',
  },
  secretForId: {
    en: 'that is the client secret; the client id stands above it and ends in .apps.googleusercontent.com',
    ja: 'それはクライアント シークレットです。クライアント ID はその上にあり、.apps.googleusercontent.com で終わります',
  },
  apiKey: {
    en: 'that is an API key, which opens nothing of yours; create a client of type "Desktop app"',
    ja: 'それは API キーで、ご自身のデータにはアクセスできません。種類が「デスクトップ アプリ」のクライアントを作成してください',
  },
  service: {
    en: 'that belongs to a service account, which has files of its own and not yours; create a client of type "Desktop app"',
    ja: 'それはサービス アカウントのもので、ご自身のファイルにはアクセスできません。種類が「デスクトップ アプリ」のクライアントを作成してください',
  },
  web: {
    en: 'that client is of type "Web application", which cannot come back to this computer; create one of type "Desktop app"',
    ja: 'そのクライアントの種類は「ウェブ アプリケーション」で、このコンピューターに戻れません。種類が「デスクトップ アプリ」のものを作成してください',
  },
  form: {
    en: 'that is no client id of Google: one begins with digits and ends in .apps.googleusercontent.com',
    ja: 'Google のクライアント ID ではないようです。数字で始まり、.apps.googleusercontent.com で終わります',
  },
} satisfies Readonly<Record<string, Localised>>

/** The file that "Download JSON" gives: https://developers.google.com/api-client-library/dotnet/guide/aaa_client_secrets */
const downloaded = z.union([
  z.object({ installed: z.object({ client_id: z.string(), client_secret: z.string() }) }),
  z.object({ web: z.object({}) }),
  z.object({ type: z.literal('service_account') }),
])

function readClient(pasted: string): PastedClient {
  if (pasted.startsWith('{')) return readDownloaded(pasted)
  if (idForm.test(pasted)) return { id: pasted }
  if (/^GOCSPX-/.test(pasted)) return { problem: problems.secretForId }
  if (/^AIza/.test(pasted)) return { problem: problems.apiKey }
  if (/\.gserviceaccount\.com$/.test(pasted)) return { problem: problems.service }
  return { problem: problems.form }
}

function readDownloaded(pasted: string): PastedClient {
  let file: unknown
  try {
    file = JSON.parse(pasted)
  } catch {
    return { problem: problems.form }
  }
  const { data } = downloaded.safeParse(file)
  if (data === undefined) return { problem: problems.form }
  if ('web' in data) return { problem: problems.web }
  if ('type' in data) return { problem: problems.service }
  const { client_id: id, client_secret: secret } = data.installed
  return idForm.test(id) ? { id, secret } : { problem: problems.form }
}

import type { GuideStep, PastedClient, SetupGuide } from '../../core/guide.ts'
import { scopes as all } from './scopes.ts'

const marketplace = 'https://marketplace.zoom.us'

/** A user-managed General app as public client: https://developers.zoom.us/docs/build-flow/quick-start-guide/, https://developers.zoom.us/docs/integrations/PKCE/ */
export const guide: SetupGuide = {
  questions: [],
  app: {
    before: {
      en: 'Zoom lets programs in only through an app, made in the very Zoom account that holds your recordings. You make one of your own, once: about ten minutes, free, and never published. If "Build App" is not there, your organisation reserves it: ask its Zoom administrator for the role "Zoom for developers", or for an app.',
      ja: 'Zoom では、プログラムは「アプリ」を通じてのみアクセスできます。アプリは、録画のある Zoom アカウントで作成する必要があります。ご自身のアプリを一度だけ作ります（約 10 分、無料。公開はしません）。「Build App」が表示されない場合は、組織で制限されています。Zoom の管理者に、「Zoom for developers」のロールの付与、またはアプリの提供を依頼してください。',
    },
    steps: ({ sources, scopes, redirect }): readonly GuideStep[] => [
      {
        title: { en: 'Build the app', ja: 'アプリを作成する' },
        page: marketplace,
        actions: [
          {
            en: 'Sign in with the account that holds your recordings. "Develop", "Build App", "General App", "Create".',
            ja: '録画のあるアカウントでサインインし、「Develop」、「Build App」、「General App」、「Create」の順に進みます。',
          },
          {
            en: 'Under "Select how the app is managed": "User-managed" (not "Admin-managed"), then "Save".',
            ja: '「Select how the app is managed」で「User-managed」を選び（「Admin-managed」ではありません）、「Save」を押します。',
          },
        ],
        source: 'https://developers.zoom.us/docs/build-flow/quick-start-guide/',
      },
      {
        title: { en: 'Switch on the id without a secret', ja: 'シークレットのない ID を有効にする' },
        page: marketplace,
        actions: [
          {
            en: '"Basic Information", "App Credentials": switch on "Use Public Client OAuth". A "Public Client ID" appears: you paste it here at the end.',
            ja: '「Basic Information」の「App Credentials」で「Use Public Client OAuth」をオンにします。表示される「Public Client ID」を、最後にここに貼り付けます。',
          },
        ],
        source: 'https://developers.zoom.us/docs/integrations/PKCE/',
      },
      {
        title: { en: 'Let it come back to this computer', ja: 'このコンピューターに戻れるようにする' },
        page: marketplace,
        actions: [
          {
            en: '"Basic Information", "OAuth Information": paste this address into "OAuth Redirect URL", and into "OAuth Allow Lists" as well:',
            ja: '「Basic Information」の「OAuth Information」で、次のアドレスを「OAuth Redirect URL」と「OAuth Allow Lists」の両方に貼り付けます。',
          },
        ],
        copy: [redirect],
        source: 'https://developers.zoom.us/docs/build-flow/basic-info/oauth-info/',
      },
      {
        title: { en: 'Name the rights: reading, and only what you chose', ja: '権限を指定する（選んだデータの読み取りだけ）' },
        page: marketplace,
        actions: [
          {
            en: '"Scopes", "Add Scopes": search for each of these, tick it, then "Done":',
            ja: '「Scopes」、「Add Scopes」の順に進み、次の権限をそれぞれ検索してオンにし、「Done」を押します。',
          },
        ],
        copy: scopes,
        ...(sources.includes('recordings') && {
          optional: {
            why: {
              en: 'If you want the lists of who took part as well, also these (without them the lists are left out):',
              ja: '参加者の一覧も保存したい場合は、次の権限も加えます（ない場合、一覧は保存されません）。',
            },
            copy: all.participants,
          },
        }),
        source: 'https://developers.zoom.us/docs/integrations/oauth-scopes-granular/',
      },
    ],
    after: {
      en: 'The app need not be published or reviewed: it stays in "Development", for people of the same Zoom account. If you add a right later, sign in once more.',
      ja: 'アプリの公開や審査は不要です。「Development」のまま、同じ Zoom アカウントの利用者が使えます。後から権限を加えた場合は、もう一度サインインしてください。',
    },
    readClient,
  },
}

/** Zoom documents no form of its ids; those seen have 22 signs, and secrets 32. */
function readClient(pasted: string): PastedClient {
  if (!/^[\w-]{16,64}$/.test(pasted))
    return {
      problem: {
        en: 'that is no client id of Zoom: one is a single word of letters and digits, about 22 long',
        ja: 'Zoom のクライアント ID ではないようです。22 文字前後の、空白のない英数字です',
      },
    }
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(pasted))
    return {
      problem: {
        en: 'that is an id of another service; copy "Public Client ID" from "App Credentials"',
        ja: '別のサービスの ID のようです。「App Credentials」の「Public Client ID」をコピーしてください',
      },
    }
  if (/^[A-Za-z0-9]{32}$/.test(pasted))
    return {
      id: pasted,
      doubt: {
        en: 'that is as long as a client secret of Zoom; the public client id, which has no secret, is meant',
        ja: 'Zoom のクライアント シークレットと同じ長さです。必要なのは、シークレットのない Public Client ID です',
      },
    }
  return { id: pasted }
}

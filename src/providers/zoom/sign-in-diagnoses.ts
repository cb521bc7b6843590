import type { Diagnosis } from '../../core/diagnosis.ts'

const apps = 'https://marketplace.zoom.us (Manage, your app)'
const appsJa = 'https://marketplace.zoom.us（「管理」→ あなたのアプリ）'
/** "OAuth error messages", the table; in words also at github.com/zoom/skills, skills/oauth/references/oauth-errors.md */
const table = 'https://developers.zoom.us/docs/integrations/oauth/'
const again = { en: 'sign in again', ja: 'もう一度サインインしてください' }

/** The refusals that Zoom documents. What the page of the authorization refuses is a page with a number, no redirect. */
export const zoomDiagnoses: readonly Diagnosis[] = [
  {
    id: '4702',
    aliases: ['4704', '4706', 'invalid_client'],
    kind: 'settings',
    who: ['you', 'registrant'],
    meaning: {
      en: 'Zoom does not know this client id, or the secret is not its own',
      ja: 'Zoom がこのクライアント ID を認識できないか、シークレットが一致しません',
    },
    remedy: {
      en: `compare client.id and client.secret in holdall.yaml with ${apps}: the public client ID has no secret, the other one needs it`,
      ja: `holdall.yaml の client.id と client.secret を ${appsJa} の値と見比べてください。パブリック クライアント ID にはシークレットがなく、もう一方の ID には必要です`,
    },
    letter: {
      en: 'Would you please tell me the public client ID of the app, or correct this one?',
      ja: 'アプリのパブリック クライアント ID をお知らせいただくか、設定を直していただけないでしょうか。',
    },
    page: table,
  },
  {
    id: '4705',
    aliases: ['unsupported_grant_type', 'unauthorized_client'],
    kind: 'settings',
    who: ['registrant'],
    meaning: {
      en: 'this app may not sign people in to Zoom in this way',
      ja: 'このアプリでは、この方法で Zoom にサインインできません',
    },
    remedy: {
      en: `make a General App at ${apps}; for --device it needs "Use app on device"`,
      ja: `${appsJa} で General App を作ってください。--device を使うには「Use app on device」をオンにします`,
    },
    letter: {
      en: 'Would you please see that the app is a General App, user-managed, with "Use app on device" switched on?',
      ja: 'アプリが General App（User-managed）で、「Use app on device」がオンになっているかをご確認いただけないでしょうか。',
    },
    page: table,
  },
  {
    id: '4709',
    kind: 'settings',
    who: ['registrant'],
    meaning: {
      en: 'the redirect address is not the one that the app was registered with at Zoom',
      ja: 'リダイレクト先が、Zoom でアプリに登録したものと一致しません',
    },
    remedy: {
      en: `put http://127.0.0.1/callback in as redirect URL and into the allow list of your app at ${apps}`,
      ja: `${appsJa} で、リダイレクト URL と許可リストの両方に http://127.0.0.1/callback を入れてください`,
    },
    letter: {
      en: 'Would you please add http://127.0.0.1/callback to the app, as redirect URL and in the allow list (with the public client ID the port does not matter)?',
      ja: 'アプリのリダイレクト URL と許可リストに http://127.0.0.1/callback を加えていただけないでしょうか（パブリック クライアント ID ではポート番号は問われません）。',
    },
    page: table,
    inBrowser: true,
  },
  {
    id: '4711',
    aliases: ['does not contain scopes', 'refresh token invalid'],
    kind: 'signin',
    who: ['you', 'registrant'],
    meaning: {
      en: 'the rights of the app were changed at Zoom since this sign-in',
      ja: 'このサインインのあとに、Zoom でアプリの権限が変更されました',
    },
    remedy: again,
    letter: {
      en: 'The app lacks rights that the copy needs. Would you please add the scopes that are listed above to it?',
      ja: 'アプリに、コピーに必要な権限が足りません。上記のスコープをアプリに加えていただけないでしょうか。',
    },
    page: table,
  },
  {
    // A page without a number: https://support.zoom.com/hc/en/article?id=zm_kb&sysparm_article=KB0062300
    id: 'app_not_approved',
    aliases: ['you cannot authorize the app', 'not approved', 'request pre-approval', 'pre-approve'],
    kind: 'signin',
    who: ['administrator'],
    meaning: {
      en: 'the administrator of your Zoom account has to approve this app before you may use it',
      ja: 'このアプリを使うには、先に Zoom アカウントの管理者による承認が必要です',
    },
    remedy: {
      en: 'press "Request pre-approval" on the page where there is such a button, or ask the administrator, then sign in again',
      ja: '画面に「事前承認をリクエスト」のボタンがあれば押すか、管理者に承認を頼んでから、もう一度サインインしてください',
    },
    letter: {
      en: 'Would you please approve this app for me (Zoom App Marketplace: Manage, Apps on Account, or Permissions)? It asks for read-only rights alone: my own cloud recordings.',
      ja: 'このアプリを私が使えるように承認していただけないでしょうか（Zoom App Marketplace の「管理」→「アカウント上のアプリ」または「権限」）。アプリが求めるのは、私自身のクラウド録画を読み取る権限だけです。',
    },
    page: 'https://support.zoom.com/hc/en/article?id=zm_kb&sysparm_article=KB0062300',
    inBrowser: true,
  },
  {
    id: '4717',
    aliases: ['the app has been disabled'],
    kind: 'signin',
    who: ['registrant', 'administrator'],
    meaning: { en: 'the app was disabled at Zoom', ja: 'アプリが Zoom で無効になっています' },
    remedy: {
      en: `look at ${apps}, or make a new one; if your organisation disabled it, ask its Zoom administrator`,
      ja: `${appsJa} を確認するか、新しいアプリを作ってください。組織が無効にした場合は、Zoom の管理者に問い合わせてください`,
    },
    letter: {
      en: 'The app has been disabled. Would you please enable it again, or tell me which app I may use?',
      ja: 'アプリが無効になっています。もう一度有効にしていただくか、使用してよいアプリをお知らせいただけないでしょうか。',
    },
    page: table,
  },
  {
    id: '4738',
    aliases: ['disabled by admin'],
    kind: 'signin',
    who: ['administrator'],
    meaning: {
      en: 'the administrator of your Zoom account does not allow this app any more',
      ja: 'Zoom アカウントの管理者が、このアプリの使用を認めなくなりました',
    },
    remedy: {
      en: 'ask the administrator to approve the app, then sign in again',
      ja: '管理者にアプリの承認を頼んでから、もう一度サインインしてください',
    },
    letter: {
      en: 'The approval of this app was taken back. Would you please approve it again until I have copied my recordings?',
      ja: 'このアプリの承認が取り消されています。録画のコピーが終わるまで、もう一度承認していただけないでしょうか。',
    },
    page: table,
  },
  {
    id: '4724',
    kind: 'signin',
    who: ['you'],
    meaning: { en: 'Zoom did not accept the token', ja: 'Zoom がトークンを受け付けませんでした' },
    remedy: again,
    page: table,
  },
  {
    id: '4732',
    aliases: ['creating authorization code error'],
    kind: 'transient',
    who: ['you'],
    meaning: { en: 'Zoom had an error of its own when signing in', ja: 'サインイン中に Zoom 側でエラーが起きました' },
    remedy: { en: 'try again in a few minutes', ja: '数分後にもう一度試してください' },
    page: table,
  },
  {
    id: '4733',
    aliases: ['4734'],
    kind: 'signin',
    who: ['you'],
    meaning: {
      en: 'the answer of the browser came too late, or was used already: it is good for five minutes and once',
      ja: 'ブラウザーからの応答が遅すぎたか、すでに使われています（5 分以内に 1 回だけ有効です）',
    },
    remedy: {
      en: 'sign in again, and use the newest address only',
      ja: 'もう一度サインインし、いちばん新しいアドレスだけを使ってください',
    },
    page: table,
  },
  {
    id: '4735',
    kind: 'signin',
    who: ['you', 'administrator'],
    meaning: {
      en: 'the Zoom user of this sign-in does not exist any more',
      ja: 'サインインしていた Zoom ユーザーは、もう存在しません',
    },
    remedy: {
      en: 'sign in again with the account that holds the recordings now',
      ja: '現在録画を持っているアカウントで、もう一度サインインしてください',
    },
    letter: {
      en: 'My Zoom user does not exist any more. Would you please tell me who holds its recordings now, or restore it for a few days?',
      ja: '私の Zoom ユーザーが存在しなくなっています。録画が現在どなたの管理下にあるかをお知らせいただくか、数日のあいだだけ復元していただけないでしょうか。',
    },
    page: table,
  },
  {
    id: '4741',
    aliases: ['4737', '4740'],
    kind: 'signin',
    who: ['you'],
    meaning: {
      en: 'the sign-in at Zoom has ended: it was withdrawn, or a newer one of the same app took its place',
      ja: 'Zoom へのサインインが終了しました。取り消されたか、同じアプリでの新しいサインインに置き換わっています',
    },
    remedy: {
      en: 'sign in again; two computers that use one app and one person end each other’s sign-in, so give each an app of its own',
      ja: 'もう一度サインインしてください。同じ人が 2 台のコンピューターで同じアプリを使うと互いのサインインが切れるため、それぞれに別のアプリを用意してください',
    },
    page: table,
  },
  {
    id: '4700',
    kind: 'signin',
    who: ['registrant', 'administrator'],
    meaning: {
      en: 'Zoom refused the sign-in without a reason of its own: this number stands for anything unexpected',
      ja: 'Zoom が理由を示さずにサインインを拒否しました（この番号は想定外のエラー全般を表します）',
    },
    remedy: {
      en: `sign in again; if it comes back, see that the app at ${apps} has all scopes that holdall init names`,
      ja: `もう一度サインインしてください。繰り返す場合は、${appsJa} で holdall init が示すスコープがすべて登録されているかを確かめてください`,
    },
    letter: {
      en: 'Zoom refuses without naming a reason. Would you please look into the logs of the app, or ask Zoom, with the time above?',
      ja: 'Zoom が理由を示さずに拒否しています。上記の時刻をもとに、アプリのログを確認していただくか、Zoom に問い合わせていただけないでしょうか。',
    },
    page: table,
  },
  {
    id: 'access_denied',
    kind: 'signin',
    who: ['you'],
    meaning: { en: 'access was not given on the page of Zoom', ja: 'Zoom の画面でアクセスが許可されませんでした' },
    remedy: {
      en: 'sign in again and press "Allow"',
      ja: 'もう一度サインインし、「許可」を押してください',
    },
    page: table,
  },
]

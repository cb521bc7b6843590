import { Failure } from '../core/failure.ts'
import type { Identity } from '../core/provider.ts'

/**
 * Refuses another identity under an account that is bound already: two people's data would mix in one folder, and the first one's
 * files would look deleted. Throws a Failure of kind `settings` that names both.
 */
export const checkIdentity = (account: string, bound: Identity | undefined, signedIn: Identity): void => {
  if (bound === undefined || bound.subject === signedIn.subject) return
  const same = bound.name === signedIn.name
  throw Failure.in('settings', {
    en: {
      message: same
        ? `the account ${account} belongs to an earlier user ${bound.name}, and the one who signed in now is another user of the same name`
        : `the account ${account} belongs to ${bound.name}, but ${signedIn.name} signed in`,
      hint: `sign in as ${bound.name}, or give ${signedIn.name} an account name of its own in holdall.yaml, or end the old one first: holdall disconnect ${account}`,
    },
    ja: {
      message: same
        ? `アカウント ${account} は以前の利用者 ${bound.name} のもので、今サインインしたのは同じ名前の別の利用者です`
        : `アカウント ${account} は ${bound.name} のものですが、${signedIn.name} がサインインしました`,
      hint: `${bound.name} としてサインインするか、holdall.yaml で ${signedIn.name} に別のアカウント名を付けるか、先に以前のサインインを終了してください：holdall disconnect ${account}`,
    },
  })
}

/**
 * Refuses a sign-in with an address of another domain than the organisation's (a personal account taken by mistake), where its profile names domains (in
 * small letters). Throws a Failure of kind `settings`.
 */
export const checkDomain = (account: string, domains: readonly string[] | undefined, { name }: Identity): void => {
  if (domains === undefined || domains.includes(name.slice(name.lastIndexOf('@') + 1).toLowerCase())) return
  const right = domains.map((domain) => `@${domain}`).join(', ')
  throw Failure.in('settings', {
    en: {
      message: `${name} is not an address of your organisation (${right}): it is not the account to back up as ${account}; nothing was kept`,
      hint: `run holdall connect ${account} again and choose the account of ${right} on the page; for another one, give it a holdall.yaml without this profile`,
    },
    ja: {
      message: `${name} は組織のアドレス（${right}）ではないため、${account} としてバックアップするアカウントではありません。何も保存していません`,
      hint: `もう一度 holdall connect ${account} を実行し、画面で ${right} のアカウントを選んでください。別のアカウントには、このプロファイルを使わない holdall.yaml を用意してください`,
    },
  })
}

/**
 * The same for an archive, which remembers in `mark` whose data it holds under this account's name. Returns the mark to keep.
 * Throws a Failure of kind `settings` where it is somebody else's.
 */
export const checkArchiveIdentity = (mark: string | undefined, account: string, signedIn: Identity): string => {
  const bound = mark === undefined ? undefined : (JSON.parse(mark) as Identity)
  if (bound !== undefined && bound.subject !== signedIn.subject) {
    throw Failure.in('settings', {
      en: {
        message: `this archive holds what ${bound.name} has under the account ${account}, and ${signedIn.name} is signed in now`,
        hint: `sign in as ${bound.name} (holdall connect ${account}), or give ${signedIn.name} an account name of its own in holdall.yaml, or another archive`,
      },
      ja: {
        message: `このアーカイブのアカウント ${account} には ${bound.name} のデータがありますが、今サインインしているのは ${signedIn.name} です`,
        hint: `${bound.name} としてサインインするか（holdall connect ${account}）、holdall.yaml で ${signedIn.name} に別のアカウント名か別のアーカイブを指定してください`,
      },
    })
  }
  return JSON.stringify({ subject: signedIn.subject, name: signedIn.name })
}

import { Failure } from '../core/failure.ts'
import type { Identity } from '../core/provider.ts'

/**
 * Refuses a kept sign-in whose address is of another domain than the organisation's: the profile may have come into the settings after it, and `connect`, which
 * checks new ones, is not asked again. Nothing is requested for it. Throws a Failure of kind `settings`.
 */
export function checkOrganisation(
  account: string,
  domains: readonly string[] | undefined,
  { name }: Pick<Identity, 'name'>,
): void {
  if (domains === undefined || domains.includes(name.slice(name.lastIndexOf('@') + 1).toLowerCase())) return
  const right = domains.map((domain) => `@${domain}`).join(', ')
  throw Failure.in('settings', {
    en: {
      message: `${account} is signed in as ${name}, which is not an address of your organisation (${right}), as the profile in your settings names it; nothing was asked of that account`,
      hint: `end that sign-in (holdall disconnect ${account}) and sign in with the address of ${right} (holdall connect ${account}); for the other account, use a holdall.yaml without this profile`,
    },
    ja: {
      message: `${account} には ${name} でサインインしていますが、設定のプロファイルにある組織のアドレス（${right}）ではありません。このアカウントには何も問い合わせていません`,
      hint: `このサインインを終了し（holdall disconnect ${account}）、${right} のアドレスでサインインしてください（holdall connect ${account}）。別のアカウントには、このプロファイルを使わない holdall.yaml を用意してください`,
    },
  })
}

import { Failure } from '../core/failure.ts'

/** What a sign-in was made for. Nothing of it is a secret. */
export interface Binding {
  readonly provider: string
  /** Scheme, host and port of every place that may see the password. Absent: not for a password. */
  readonly origins?: readonly string[] | undefined
  readonly clientId?: string | undefined
  /** The account's own settings that decide whose sign-in it is, such as the organisation. */
  readonly settings?: Readonly<Record<string, string>> | undefined
}

/**
 * Refuses a kept sign-in for another place than the one it was given for: settings and profiles may change under it, and neither may lead a password or a
 * token to a server that the person never agreed to. Throws a Failure of kind `signin` that names both.
 */
export function checkBinding(account: string, kept: Binding, now: Binding): void {
  const change = changed(kept, now)
  if (change === undefined) return
  const [before, after] = change
  throw Failure.in(
    'signin',
    {
      en: {
        message: `the kept sign-in of ${account} is for ${before}, and the settings now say ${after}; nothing was sent there`,
        hint: `if ${after} is right, sign in again: holdall disconnect ${account}, then holdall connect ${account}; else correct holdall.yaml or the profile`,
      },
      ja: {
        message: `保存済みの ${account} のサインインは ${before} のものですが、現在の設定は ${after} です。何も送信していません`,
        hint: `${after} が正しい場合は、もう一度サインインしてください：holdall disconnect ${account} のあとに holdall connect ${account}。正しくない場合は、holdall.yaml かプロファイルを直してください`,
      },
    },
    { stops: 'account' },
  )
}

/** The first thing that differs, before and now, as a person knows it. */
function changed(kept: Binding, now: Binding): readonly [string, string] | undefined {
  if (kept.provider !== now.provider) return [kept.provider, now.provider]
  const strange = now.origins?.filter((origin) => kept.origins?.includes(origin) === false) ?? []
  if (strange.length > 0) return [(kept.origins ?? []).join(', '), strange.join(', ')]
  if (kept.clientId !== undefined && now.clientId !== undefined && kept.clientId !== now.clientId)
    return [`client.id ${kept.clientId}`, `client.id ${now.clientId}`]
  for (const name of kept.settings === undefined ? [] : Object.keys({ ...kept.settings, ...now.settings })) {
    const [before, after] = [kept.settings?.[name] ?? '-', now.settings?.[name] ?? '-']
    if (before !== after) return [`${name}: ${before}`, `${name}: ${after}`]
  }
  return undefined
}

import { Failure, type Said } from '../../core/failure.ts'
import type { Localised } from '../../core/language.ts'

/** The directory of all personal accounts: https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference (`tid`) */
const personal = '9188040d-6c67-4c5b-b112-36a304b66dad'

const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

/** Whether `tenant` names one directory, instead of the accounts that may sign in: https://learn.microsoft.com/entra/identity-platform/v2-protocols#endpoints */
export const namesDirectory = (tenant: string): boolean => !['common', 'organizations', 'consumers'].includes(tenant)

/** Whether it names one by its domain, so that its id has to be asked for. */
export const isDomain = (tenant: string): boolean => namesDirectory(tenant) && !isId(tenant)

/**
 * Refuses an account of another directory than the settings' `tenant` is for. `directory` is the id of the account's own; `wanted` the id of the one that
 * `tenant` names, where that is a domain. Throws a Failure of kind `settings`.
 */
export function checkTenant(
  tenant: string,
  directory: string,
  wanted: string | undefined = isId(tenant) ? tenant : undefined,
): void {
  const id = directory.toLowerCase()
  const other = (said: Localised<Said>) => Failure.in('settings', said, { stops: 'account' })
  if (tenant === 'consumers' && id !== personal) {
    throw other({
      en: {
        message: 'the settings say tenant: consumers, and this is no personal account',
        hint: 'sign in with a personal account, or set tenant: organizations',
      },
      ja: {
        message: '設定は tenant: consumers ですが、これは個人用アカウントではありません',
        hint: '個人用アカウントでサインインするか、tenant: organizations に変えてください',
      },
    })
  }
  if (tenant === 'organizations' && id === personal) {
    throw other({
      en: {
        message: 'the settings say tenant: organizations, and this is a personal account',
        hint: 'sign in with the account of your school or employer, or set tenant: consumers',
      },
      ja: {
        message: '設定は tenant: organizations ですが、これは個人用アカウントです',
        hint: '職場または学校のアカウントでサインインするか、tenant: consumers に変えてください',
      },
    })
  }
  if (wanted !== undefined && wanted.toLowerCase() !== id) {
    throw other({
      en: {
        message: `this account belongs to another organisation (${id}) than the settings' tenant: ${tenant}`,
        hint: 'sign in with an account of that organisation, or correct tenant in holdall.yaml and sign in again',
      },
      ja: {
        message: `このアカウントは、設定の tenant: ${tenant} とは別の組織（${id}）のものです`,
        hint: 'その組織のアカウントでサインインするか、holdall.yaml の tenant を直してから、もう一度サインインしてください',
      },
    })
  }
}

/** The id of a directory, out of the issuer that its metadata states: https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#fetch-the-openid-configuration-document */
export function directoryOf(issuer: unknown): string | undefined {
  if (typeof issuer !== 'string' || !URL.canParse(issuer)) return undefined
  return new URL(issuer).pathname.split('/').find(isId)
}

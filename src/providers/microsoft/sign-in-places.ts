/** The list of the numbers. They may change, it says: an unknown one keeps Microsoft's own sentence. */
export const codes = 'https://learn.microsoft.com/entra/identity-platform/reference-error-codes'

export const registrations = {
  en: 'https://entra.microsoft.com (App registrations)',
  ja: 'https://entra.microsoft.com（「アプリの登録」）',
}
export const administrator = {
  en: 'the administrator or the help desk of your organisation',
  ja: '組織の管理者またはヘルプデスク',
}
export const again = { en: 'sign in again', ja: 'もう一度サインインしてください' }

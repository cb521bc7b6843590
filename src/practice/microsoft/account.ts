/** The directory that personal accounts belong to. https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference (`tid`) */
export const personalTenant = '9188040d-6c67-4c5b-b112-36a304b66dad'

/** A directory that exists and in which the practice account is nobody. */
export const strangeTenant = '11111111-2222-4333-8444-555555555555'

/** Who signs in. */
export interface MicrosoftAccount {
  readonly kind: 'business' | 'personal'
  /** The id in the directory: a GUID; a personal account's ends with its 16 hexadecimal digits. */
  readonly oid: string
  /** The directory (tenant), a GUID. */
  readonly tenant: string
  readonly username: string
  readonly name: string
}

export const businessAccount: MicrosoftAccount = {
  kind: 'business',
  oid: '6f1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
  tenant: 'c0ffee00-1234-4abc-9def-0123456789ab',
  username: 'hana.student@contoso.example',
  name: 'Hana Student',
}

export const personalAccount: MicrosoftAccount = {
  kind: 'personal',
  oid: '00000000-0000-0000-0a1b-2c3d4e5f6071',
  tenant: personalTenant,
  username: 'hana.student@outlook.example',
  name: 'Hana Student',
}

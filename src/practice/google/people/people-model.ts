/** What the account has in People. A stub: whoever writes this API puts the data and how tests change it here. */
export interface PeopleModel {
  /** Whose it is. */
  readonly email: string
}

export function createPeopleModel({ email }: { readonly email: string }): PeopleModel {
  return { email }
}

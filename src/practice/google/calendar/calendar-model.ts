/** What the account has in Calendar. A stub: whoever writes this API puts the data and how tests change it here. */
export interface CalendarModel {
  /** Whose it is. */
  readonly email: string
}

export function createCalendarModel({ email }: { readonly email: string }): CalendarModel {
  return { email }
}

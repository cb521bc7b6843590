/** What the account has in Tasks. A stub: whoever writes this API puts the data and how tests change it here. */
export interface TasksModel {
  /** Whose it is. */
  readonly email: string
}

export function createTasksModel({ email }: { readonly email: string }): TasksModel {
  return { email }
}

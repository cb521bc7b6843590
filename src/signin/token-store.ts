/** Where sign-ins are kept: one text for each account, by the account's name. */
export interface TokenStore {
  get(key: string): Promise<string | undefined>
  /** Resolves when the value is durable: it survives a crash and a power cut. Whoever reads meanwhile sees the old or the new, whole. */
  set(key: string, value: string): Promise<void>
  /** No error where there is nothing. */
  delete(key: string): Promise<void>
  /** For people: completes "your sign-in is kept in …". */
  readonly where: string
}

/** A message for the person about where and how sign-ins are kept. */
export type StoreNotice = (notice: {
  readonly level: 'info' | 'warning'
  readonly message: string
  readonly hint?: string
}) => void

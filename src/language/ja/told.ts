/** See tell.ts. */
export const told: Readonly<Record<string, string>> = {}

/**
 * The claims that Graph asks for in the WWW-Authenticate header of a 401 (`error="insufficient_claims", claims="BASE64"`), as JSON:
 * https://learn.microsoft.com/entra/identity-platform/claims-challenge#claims-challenge-header-format. Undefined where it asks for none, or for nothing
 * that can be read.
 */
export function claimsOf(challenge: string): string | undefined {
  const encoded = /(?:^|[\s,])claims="([^"]+)"/i.exec(challenge)?.[1]
  if (encoded === undefined) return undefined
  const text = encoded.startsWith('{') ? encoded : Buffer.from(encoded, 'base64').toString('utf8')
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? JSON.stringify(value) : undefined
  } catch {
    return undefined
  }
}

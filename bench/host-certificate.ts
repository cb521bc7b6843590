import { generate } from 'selfsigned'

const day = 24 * 60 * 60 * 1000

/** PEM texts. */
export interface HostCertificate {
  readonly key: string
  readonly cert: string
  /** The authority that signed it, for clients to trust. */
  readonly ca: string
}

/** A certificate for 127.0.0.1 and, other than the practice cloud's own, for real host names: for a program whose addresses cannot be set. Valid for two days. */
export async function makeHostCertificate(names: readonly string[]): Promise<HostCertificate> {
  const kind = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const
  const life = { notBeforeDate: new Date(Date.now() - day), notAfterDate: new Date(Date.now() + day) }
  const authority = await generate([{ name: 'commonName', value: 'Holdall bench authority' }], {
    ...kind,
    ...life,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  })
  const server = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...kind,
    ...life,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [{ type: 7, ip: '127.0.0.1' }, ...names.map((value) => ({ type: 2, value }) as const)],
      },
    ],
  })
  return { key: server.private, cert: server.cert, ca: authority.cert }
}

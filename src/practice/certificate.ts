import { generate } from 'selfsigned'

/** PEM texts: the server's private key and certificate, and the certificate of the authority that signed it, for clients to trust. */
export interface PracticeCertificate {
  readonly key: string
  readonly cert: string
  readonly ca: string
}

const aDay = 24 * 60 * 60 * 1000

/**
 * Makes an authority and a server certificate for 127.0.0.1, ::1 and localhost, on the spot and valid for 30 days.
 * The authority's key is forgotten at once, so that a machine that trusts it for practice trusts nothing else by it.
 */
export async function makeCertificate(): Promise<PracticeCertificate> {
  // A day back: clocks of two machines, or of a container and its host, differ.
  const life = { notBeforeDate: new Date(Date.now() - aDay), notAfterDate: new Date(Date.now() + 30 * aDay) }
  const kind = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const
  const authority = await generate([{ name: 'commonName', value: 'Holdall practice authority' }], {
    ...kind,
    ...life,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
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
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  })
  return { key: server.private, cert: server.cert, ca: authority.cert }
}

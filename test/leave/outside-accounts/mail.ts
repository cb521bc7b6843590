export interface Mail {
  readonly from: string
  readonly subject: string
  readonly text?: string
  readonly html?: string
  /** Further header fields, each a line. */
  readonly fields?: readonly string[]
  /** What the receiver found out; default: everything good, in the name of the sender's domain. */
  readonly results?: string
}

export const own = new Set(['example-u.ac.jp'])

const word = (text: string): string =>
  /^[\x20-\x7e]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`

/** A message as a provider saves it. */
export function mail({ from, subject, text, html, fields = [], results }: Mail): Buffer {
  const [, name = '', address = from] = /^(.*?)\s*<(.*)>$/.exec(from) ?? []
  const domain = address.slice(address.indexOf('@') + 1)
  const body = html ?? text ?? ''
  return Buffer.from(
    [
      'Delivered-To: hanako@g.example-u.ac.jp',
      'Received: by 2002:a05:6000:1 with SMTP id x1; Mon, 1 Jun 2026 01:02:03 -0700 (PDT)',
      `Received: from out.${domain} (out.${domain} [192.0.2.9]) by mx.google.com with ESMTPS id y1; Mon, 1 Jun 2026 01:02:03 -0700 (PDT)`,
      ...(results === ''
        ? []
        : [
            `Authentication-Results: mx.google.com;\r\n       ${results ?? `dkim=pass header.i=@${domain} header.s=s1; spf=pass smtp.mailfrom=${address}; dmarc=pass (p=REJECT) header.from=${domain}`}`,
          ]),
      `From: ${name === '' ? address : `${word(name)} <${address}>`}`,
      ...(fields.some((field) => /^to:/i.test(field)) ? [] : ['To: hanako@g.example-u.ac.jp']),
      `Subject: ${word(subject)}`,
      'Date: Mon, 1 Jun 2026 17:02:03 +0900',
      ...fields,
      'MIME-Version: 1.0',
      `Content-Type: text/${html === undefined ? 'plain' : 'html'}; charset=utf-8`,
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(body).toString('base64').replace(/.{76}/g, '$&\r\n'),
      '',
    ].join('\r\n'),
  )
}

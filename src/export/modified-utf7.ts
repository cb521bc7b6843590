/**
 * A mailbox name as IMAP writes it, which is how Dovecot names the folders of a Maildir++ unless it is told otherwise:
 * https://www.rfc-editor.org/rfc/rfc3501#section-5.1.3, https://doc.dovecot.org/2.3/configuration_manual/mail_location/#utf8
 */
export function modifiedUtf7(name: string): string {
  return name.replace(/&|[^ -~]+/g, (run) => (run === '&' ? '&-' : `&${base64(run)}-`))
}

function base64(text: string): string {
  return Buffer.from(text, 'utf16le').swap16().toString('base64').replace(/=+$/, '').replaceAll('/', ',')
}

/** Why a service gives no bytes of an item: the closed list of core/item.ts. */
export const reasons = {
  'no-export': 'the service offers no download of this kind of thing',
  'download-forbidden': 'its owner or the organisation forbids downloading',
  'flagged-abusive': 'the service holds it back as malware or spam',
  encrypted: 'it is encrypted by a program that Holdall is not',
  'third-party': 'it lives in another company’s app',
  'too-large': 'the service cannot export something of this size',
  elsewhere: 'another source of the archive holds it',
  'password-protected': 'it is protected by a password',
}

import type { Json } from '../../serving/reply.ts'

type Resource = { readonly [key: string]: Json | undefined }

/** What the settings pages of Gmail hold, in the form of the API; may be changed at any time. https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings */
export interface MailSettings {
  filters: Resource[]
  forwardingAddresses: Resource[]
  autoForwarding: Resource
  sendAs: Resource[]
  vacation: Resource
  imap: Resource
  pop: Resource
  language: Resource
}

/** As a new account has them. */
export function newMailSettings(email: string): MailSettings {
  return {
    filters: [],
    forwardingAddresses: [],
    autoForwarding: { enabled: false },
    sendAs: [
      {
        sendAsEmail: email,
        displayName: '',
        replyToAddress: '',
        signature: '',
        isPrimary: true,
        isDefault: true,
      },
    ],
    vacation: { enableAutoReply: false, restrictToContacts: false, restrictToDomain: false },
    imap: { enabled: true, autoExpunge: true, expungeBehavior: 'archive', maxFolderSize: 0 },
    pop: { accessWindow: 'disabled', disposition: 'leaveInInbox' },
    language: { displayLanguage: 'en' },
  }
}

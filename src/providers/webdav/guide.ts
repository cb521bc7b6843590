import type { SetupGuide } from '../../core/guide.ts'
import { complainAbout } from './address.ts'

/** An address and a user name; the password is asked for when signing in. */
export const guide: SetupGuide = {
  questions: [
    {
      key: 'url',
      question: {
        en: 'Address of the folder, as your organisation or provider names it (such as https://dav.example.ac.jp/home/)',
        ja: 'フォルダーのアドレス（組織や提供元の案内にあるもの。例: https://dav.example.ac.jp/home/）',
      },
      complaint: (answer) => {
        if (complainAbout(answer, false) === undefined) return undefined
        return /^http:/i.test(answer)
          ? {
              en: 'an address with http:// would send the password where anyone on the way can read it; try https://',
              ja: 'http:// のアドレスでは、パスワードが途中で読み取られるおそれがあります。https:// をお試しください',
            }
          : {
              en: 'write an address that begins with https:// and ends with the folder, without user name, password, "?" or "#"',
              ja: 'https:// で始まりフォルダーで終わるアドレスを入力してください。ユーザー名、パスワード、「?」、「#」は含めません',
            }
      },
    },
    {
      key: 'username',
      question: { en: 'User name there', ja: 'そこでのユーザー名' },
      complaint: (answer) => (answer === '' ? { en: 'a user name is needed', ja: 'ユーザー名を入力してください' } : undefined),
    },
  ],
}

import type { Localised } from '../../core/language.ts'
import type { LeaveLine, LeaveStep, LeavingRequest } from '../../core/leaving.ts'

/** Where a mailbox sends what arrives. */
export interface Forwarding {
  /** `now`, or when it was saved (milliseconds since 1970). */
  readonly seen: 'now' | number
  /** Undefined: not all mail is forwarded. */
  readonly all: { readonly to: string | undefined } | undefined
  /** Addresses that were entered and never confirmed. */
  readonly unconfirmed: readonly string[]
  /** Where filters send some of the mail. */
  readonly filters: readonly string[]
}

type Asked = Pick<LeavingRequest, 'standing' | 'forwarding'>

const about = 'mail-forwarding'
const settingsPage = 'https://mail.google.com/mail/u/0/#settings/fwdandpop'

/**
 * Only programs of the organisation's administrators may set it: https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings/updateAutoForwarding
 * The way by hand: https://support.google.com/mail/answer/10957
 */
const setByHand: readonly LeaveStep[] = [
  {
    text: {
      en: 'set it by hand (Google does not let a program of yours do it): Settings > See all settings > Forwarding and POP/IMAP > Add a forwarding address, confirm it with the message that arrives there, then choose “Forward a copy of incoming mail to” and Save changes',
      ja: 'ご自分で設定してください（個人のプログラムによる設定は Google が認めていません）。「設定」>「すべての設定を表示」>「メール転送と POP/IMAP」>「転送先アドレスを追加」と進み、転送先に届くメールで確認したあと、「受信メールを…に転送して」を選んで変更を保存します',
    },
    page: settingsPage,
  },
  { text: { en: 'how it is done', ja: '設定方法の説明' }, page: 'https://support.google.com/mail/answer/10957' },
]

const forwardingWhat: Localised = { en: 'Forwarding of mail', ja: 'メールの転送' }

/** What the settings say of forwarding, as lines of the checklist. Undefined: nothing is known of them. */
export function forwardingLines(known: Forwarding | undefined, asked: Asked): readonly LeaveLine[] {
  if (known === undefined)
    return [
      {
        section: 'mail',
        about,
        state: 'unknown',
        what: forwardingWhat,
        why: {
          en: 'Nobody is signed in who may read the settings of Gmail, and none were saved yet.',
          ja: 'Gmail の設定を読める状態でサインインしておらず、保存された設定もありません。',
        },
        next: [{ text: { en: 'look at the settings', ja: '設定画面で確認してください' }, page: settingsPage }],
      },
    ]
  return [mainLine(known, asked), ...known.filters.slice(0, 20).map((to) => filterLine(to, known, asked)), ...waiting(known)]
}

function mainLine(known: Forwarding, asked: Asked): LeaveLine {
  const { all } = known
  const facts = { on: all !== undefined, to: all?.to ?? null, seen: known.seen === 'now' ? 'now' : 'saved' }
  if (all === undefined) {
    const useless = asked.forwarding?.days === 0
    return {
      section: 'mail',
      about,
      state: useless ? 'look' : 'to-do',
      what: forwardingWhat,
      why: joined(
        {
          en: 'It is off: what arrives after you have left reaches nobody.',
          ja: 'オフです。退職・卒業後に届くメールは誰にも届きません。',
        },
        lasts(asked),
        asOf(known),
      ),
      next: [...(useless ? tellPeople : setByHand), ...organisationPage(asked)],
      facts,
    }
  }
  const { state, why } = destination(all.to, asked)
  const on: Localised = {
    en: `It is on, to ${all.to ?? 'an address that Gmail does not name'}.`,
    ja: `オンです（転送先: ${all.to ?? 'Gmail が示していません'}）。`,
  }
  return {
    section: 'mail',
    about,
    state,
    what: forwardingWhat,
    why: joined(on, why, lasts(asked), asOf(known)),
    next: [...(state === 'to-do' ? setByHand : state === 'look' ? [{ page: settingsPage }] : []), ...organisationPage(asked)],
    facts,
  }
}

/** Whether mail that is sent there still has somewhere to arrive. */
function destination(
  to: string | undefined,
  { standing, forwarding }: Asked,
): { state: LeaveLine['state']; why: Localised | undefined } {
  const where = to === undefined ? undefined : standing(to)
  if (where === 'own')
    return {
      state: 'to-do',
      why: {
        en: 'That is an address of this very account, and ends with it.',
        ja: 'これは、終了するこのアカウント自身のアドレスです。',
      },
    }
  if (where === 'organisation')
    return {
      state: 'look',
      why: {
        en: 'That address is of the same organisation: if it is yours, it may end on the same day.',
        ja: '転送先は同じ組織のアドレスです。ご自分のものであれば、同じ日に終了する可能性があります。',
      },
    }
  const lives = where === 'elsewhere' && (forwarding?.days ?? 0) > 0
  return { state: lives ? 'done' : 'look', why: undefined }
}

/** What the organisation says of how long it lasts. */
function lasts({ forwarding }: Asked): Localised {
  if (forwarding === undefined)
    return {
      en: 'Whether it goes on after the last day is your organisation’s decision, which is not known here.',
      ja: '最終日のあとも転送が続くかどうかは組織が決めることで、ここではわかりません。',
    }
  const { days, text } = forwarding
  if (days === 0) return joined({ en: 'It ends with the account.', ja: '転送はアカウントとともに終わります。' }, text)
  if (days === undefined) return text
  return joined(
    {
      en: `It goes on for ${days} days after the last day, and then ends.`,
      ja: `最終日から ${days} 日間は転送が続き、その後終わります。`,
    },
    text,
  )
}

const organisationPage = ({ forwarding }: Asked): readonly LeaveStep[] =>
  forwarding?.page === undefined ? [] : [{ text: { en: 'what your organisation says', ja: '組織の案内' }, page: forwarding.page }]

const tellPeople: readonly LeaveStep[] = [
  { text: { en: 'tell people your new address', ja: '新しいアドレスを知らせてください' } },
]

function asOf({ seen }: Forwarding): Localised | undefined {
  if (seen === 'now') return undefined
  const day = new Date(seen).toISOString().slice(0, 10)
  return {
    en: `(As saved on ${day}; nobody is signed in to ask now.)`,
    ja: `（${day} に保存した設定です。いまの設定はサインインすると確認できます。）`,
  }
}

function filterLine(to: string, known: Forwarding, asked: Asked): LeaveLine {
  const { state, why } = destination(to, asked)
  return {
    section: 'mail',
    about: 'mail-forwarding-filter',
    state,
    what: { en: 'Forwarding by a filter', ja: 'フィルターによる転送' },
    why: joined(
      { en: `A filter sends some of the mail to ${to}.`, ja: `一部のメールが、フィルターによって ${to} に転送されます。` },
      why,
      asOf(known),
    ),
    next: state === 'done' ? [] : [{ page: 'https://mail.google.com/mail/u/0/#settings/filters' }],
    facts: { to },
  }
}

const waiting = ({ unconfirmed }: Forwarding): readonly LeaveLine[] =>
  unconfirmed.slice(0, 20).map((to) => ({
    section: 'mail',
    about: 'mail-forwarding-address',
    state: 'look',
    what: { en: 'A forwarding address that was never confirmed', ja: '未確認の転送先アドレス' },
    why: {
      en: `${to} was entered and not confirmed: nothing can be forwarded there until its owner does so.`,
      ja: `${to} は登録されていますが、確認が済んでいません。確認されるまで転送先にできません。`,
    },
    next: [{ page: settingsPage }],
    facts: { to },
  }))

function joined(...parts: readonly (Localised | undefined)[]): Localised {
  const there = parts.filter((part) => part !== undefined)
  return { en: there.map(({ en }) => en).join(' '), ja: there.map(({ ja }) => ja).join('') }
}

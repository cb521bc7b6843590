import {
  alsoServices,
  brands,
  brandsInJapanese,
  freeHosts,
  freeMail,
  mailers,
  oddEndings,
  signInProviders,
} from './known-domains.ts'
import { imitates, skeleton } from './lookalike.ts'
import type { MessageFacts } from './message-facts.ts'
import { isSameOrganisation, labelOf, organisationOf } from './organisation.ts'
import type { Doubt } from './outside-accounts.ts'
import type { Link } from './page-text.ts'
import { isBulk, sendsForOthers } from './sender.ts'

/** From so much on a message is no evidence. */
export const tooDoubtful = 2

export type Doubts = ReadonlyMap<Doubt, number>

export const isTooDoubtful = (doubts: Doubts): boolean =>
  [...doubts.values()].reduce((sum, weight) => sum + weight, 0) >= tooDoubtful

const pressing =
  /within (?:the next )?\d+ ?(?:hours?|days?)|(?:will|to) be (?:permanently )?(?:suspended|terminated|closed|locked|deactivated|deleted|restricted)|has been (?:limited|restricted|suspended|locked|put on hold)|immediate(?:ly)? (?:action|attention|verify)|action required|act now|avoid (?:suspension|interruption|losing)|update your (?:payment|billing) (?:method|information|details)|unable to (?:process|deliver|verify)|failed delivery|\d+ ?(?:時間|日)以内|(?:停止|制限|凍結|閉鎖|削除|失効)(?:され|いたし|させ|する|となり)|(?:利用|アカウント)を?(?:一時的?に?)?制限|至急|緊急|直ちに|ただちに|速やかに|(?:確認|更新|回答)(?:が|を|いただ)?(?:取れ|でき|し)?(?:ない|なけれ|ません)場合|不正利用の(?:疑い|可能性)|お?持ち帰り|不在の(?:為|ため)|sonst wird|gesperrt|innerhalb von \d+ stunden|sera (?:bloqué|suspendu)|sous \d+ ?h\b|未(?:納|払い)/u
const extorting =
  /seed phrase|recovery phrase|webcam|you(?:'ve| have) (?:won|been selected)|\bwon (?:a|an|the|\$)|lottery|inheritance|next of kin|million (?:usd|dollars)|gift card|claim your (?:prize|reward|refund|airdrop)|airdrop|tax refund|unclaimed|congratulations,? you|当選(?:し|おめ|され|の)|賞金|還付金|(?:無料|必ず)(?:で)?(?:儲|稼)|副業|高収入|amazonギフト(?:券|カード)(?:を|が)?(?:プレゼント|進呈|当)|\d+万円(?:を|が)?(?:プレゼント|受け?取|当)/u
const coins = /bitcoin|\bbtc\b|\busdt\b|crypto ?wallet|ビットコイン|仮想通貨/u
const callBack =
  /(?:call|contact|dial|phone|helpdesk|toll[- ]?free|hotline)[^.]{0,60}?(?:\+?1[-. (]{0,3})?\(?8\d\d\)?[-. ]{0,2}\d{3}[-. ]{0,2}\d{4}|(?:cancel|dispute|refund)[^.]{0,80}? call [^.]{0,40}\d{3}|(?:if you (?:did not|didn't)|not authori[sz]ed|unauthori[sz]ed|dispute)[^.]{0,80}(?:call|dial|phone|contact)[^.]{0,40}\+?\d[\d ().-]{7,20}\d/u

/** Links that something is done with, not those of footers. */
const isAction = ({ text }: Link): boolean =>
  text === '' ||
  /verify|confirm|log ?in|sign ?in|activate|update|review|click|reset|unlock|secure|restore|continue|pay|claim|view|open|download|check|確認|認証|ログイン|サインイン|こちら|手続|更新|解除|変更|支払|再開|受け?取|詳細|https?:|\w\.\w/i.test(
    text,
  )

/** Why a message that looks like a service's may be forged. `own`: the person's organisations. */
export function doubtsAbout(facts: MessageFacts, own: ReadonlySet<string>): Doubts {
  const doubts = new Map<Doubt, number>()
  const doubt = (what: Doubt, weight: number) => {
    if (weight > 0) doubts.set(what, Math.max(weight, doubts.get(what) ?? 0))
  }
  const more = (what: Doubt, weight: number) => doubts.set(what, weight + (doubts.get(what) ?? 0))
  const { from, authentication, replyTo, links } = facts
  const content = `${facts.title} ${facts.body}`
  const ofSender = (organisation: string) =>
    isSameOrganisation(organisation, from.organisation) || (organisation !== '' && organisation === replyTo?.organisation)
  const ofBrand = brandsOf(from.organisation)
  const actions = links.filter(isAction).map(({ url, text }) => ({ url, text, organisation: organisationOf(url.hostname) }))
  const home = actions.filter(
    ({ organisation }) => ofSender(organisation) || ofBrand.some((b) => brands.get(b)?.includes(organisation)),
  )
  const foreign = actions.filter(
    ({ organisation, url }) => !ofSender(organisation) && !isTracker(url, organisation) && !signInProviders.has(organisation),
  )

  const failed =
    authentication.dmarc === 'fail' ||
    (authentication.dmarc === 'none' &&
      authentication.signedBy.length === 0 &&
      (authentication.spf === 'fail' || authentication.dkimFailed))
  if (failed) doubt('failed-authentication', foreign.length === 0 && (home.length > 0 || actions.length === 0) ? 1 : 2)

  const names = [...brands.keys(), ...[...own].map(labelOf).filter((label) => label.length >= 5)]
  const isOfficial = (name: string, organisation: string) =>
    brands.get(name)?.includes(organisation) === true || [...own].some((o) => labelOf(o) === name && o === organisation)
  for (const name of names) {
    if (ofBrand.length === 0 && !isOfficial(name, from.organisation) && imitates(from.host, from.organisation, name))
      doubt('lookalike-domain', 3)
    for (const { url, organisation } of foreign)
      if (!isOfficial(name, organisation) && brandsOf(organisation).length === 0 && imitates(url.hostname, organisation, name))
        doubt('lookalike-domain', 2)
  }
  if (
    /(^|\.)xn--/.test(from.host) &&
    skeleton(from.host) !== from.host &&
    /^[\x21-\x7e]+$/.test(skeleton(labelOf(from.organisation)))
  )
    doubt('lookalike-domain', 2)

  // `bank-co-jp.example`, `myna-go-jp.top`: an ending spelled out in front of the real one.
  if (/(?:^|-)(?:co|go|ac|or|ne)-?jp(?:-|$)/.test(labelOf(from.organisation))) doubt('lookalike-domain', 2)

  const claimed = brandsNamed(`${facts.from.name}`)
  const inTitle = brandsNamed(/^[[【(「]([^\]】)」]{1,30})/.exec(facts.title)?.[1] ?? '')
  const isClaimedRightly = (name: string) => isOfficial(name, from.organisation) || isOfficialSender(name, from.organisation)
  if (
    claimed.length > 0 &&
    !claimed.some(isClaimedRightly) &&
    !home.some(({ organisation }) => claimed.some((b) => isOfficial(b, organisation)))
  )
    doubt(
      'brand-in-name',
      mailers.has(from.organisation) && actions.some(({ organisation }) => claimed.some((b) => isOfficial(b, organisation)))
        ? 0
        : 2,
    )
  else if (
    inTitle.length > 0 &&
    !inTitle.some(isClaimedRightly) &&
    !actions.some(({ organisation }) => inTitle.some((b) => isOfficial(b, organisation)))
  )
    doubt('brand-in-name', 2)
  const shown = /@([\w-]+(?:\.[\w-]+)+)/.exec(from.name)?.[1]
  if (shown !== undefined && !isSameOrganisation(organisationOf(shown), from.organisation)) doubt('brand-in-name', 2)
  if (
    freeMail.has(from.host) &&
    !alsoServices.has(from.host) &&
    !claimed.some(isClaimedRightly) &&
    (claimed.length > 0 || !isBulk(facts))
  )
    doubt('brand-in-name', 2)

  for (const { url, text, organisation } of actions) {
    const said = /^(?:https?:\/\/)?((?:[\w-]+\.)+[a-z]{2,})(?:[/:?]|$)/i.exec(text)?.[1]
    const honest = said === undefined ? '' : organisationOf(said)
    if (honest !== '' && !isSameOrganisation(honest, organisation) && !ofSender(organisation) && !isTracker(url, organisation))
      doubt('disguised-link', 2)
    if (/^[\d.]+$|^\[/.test(url.hostname) || url.username !== '') doubt('odd-link', 2)
    if (ofSender(organisation)) continue
    if (isFreeHost(url, organisation)) doubt('odd-link', home.length === 0 ? 1.5 : 0.5)
    else if (oddEndings.test(url.hostname)) doubt('odd-link', 1.5)
  }
  const oddSender = oddEndings.test(from.host)
  if (oddSender) doubt('odd-link', 1)
  const vouched = authentication.dmarc === 'pass' || authentication.signedBy.includes(from.organisation)
  if (foreign.length > 0 && home.length === 0 && !mailers.has(from.organisation))
    doubt('foreign-links', vouched ? 0.5 : facts.fields.has('authentication-results') ? 2 : 1)

  if (extorting.test(content)) doubt('threat', vouched && isBulk(facts) ? 1 : 2)
  else if (callBack.test(content) && /[$€£¥]|usd|charged|invoice|cancel/.test(content)) doubt('threat', 2)
  else if (pressing.test(content)) doubt('threat', home.length > 0 && foreign.length === 0 && vouched && !oddSender ? 0 : 1)
  if (replyTo !== undefined && freeMail.has(replyTo.host) && replyTo.address !== from.address) doubt('reply-elsewhere', 2)
  if (
    ofBrand.length === 0 &&
    /mailbox|webmail|メールボックス|ウェブメール|メール(?:の)?容量/.test(content) &&
    /quota|full|storage|upgrade|expire|exceed|容量|超過|期限/.test(content)
  )
    doubt('threat', 2)
  // Small signs, which only count beside others: no name in the greeting, no encryption, a name in front that the domain knows nothing of.
  if (
    /^(?:dear|hello|hi) (?:(?:valued |our )?(?:customer|user|member|client|subscriber|sir|account)|\S+@)|^(?:お客様各位|ユーザー各位|会員各位|お客さま各位|\S+@\S+ ?様)/.test(
      facts.body,
    )
  )
    more('threat', 0.5)
  if (actions.some(({ url }) => url.protocol === 'http:')) more('odd-link', 0.5)
  if (isUnrelated(from.name, from.host) && !mailers.has(from.organisation)) more('brand-in-name', 0.5)
  if (coins.test(content)) more('threat', 1)
  const answersElsewhere =
    replyTo !== undefined && replyTo.organisation !== '' && !isSameOrganisation(replyTo.organisation, from.organisation)
  if (answersElsewhere && !sendsForOthers(from.organisation) && !sendsForOthers(replyTo.organisation))
    more('reply-elsewhere', 0.5)
  if (!vouched && authentication.signedBy.length > 0 && !authentication.signedBy.some((each) => mailers.has(each)))
    more('failed-authentication', 0.5)
  // A greeting that is an advertisement: anybody can sign a stranger up under any name.
  if (
    /(?:hi|hello|dear|welcome),? [^.!\n]{0,80}(?:https?:|www\.|[a-z]+\.(?:com|ru|top|xyz|io)\/)|https?:\/\/\S{1,100}(?:様|さん)/.test(
      facts.body.slice(0, 400),
    )
  )
    doubt('threat', 2)

  const vouchedFor = authentication.dmarc === 'pass' && ofBrand.length > 0 && !callBack.test(content) && !extorting.test(content)
  if (vouchedFor) for (const what of ['foreign-links', 'odd-link', 'disguised-link'] as const) doubts.delete(what)
  return doubts
}

const brandsOf = (organisation: string): string[] =>
  [...brands].filter(([, domains]) => domains.includes(organisation)).map(([name]) => name)

/** A company with the brand as the first word of a domain that not everybody can register (`rakuten-edy.co.jp`). */
const isOfficialSender = (name: string, organisation: string): boolean =>
  /\.(?:co|or|ne|go|ac|ed|lg)\.jp$/.test(organisation) && labelOf(organisation).split('-').includes(name)

/** Brands in a name, as whole words. */
function brandsNamed(name: string): string[] {
  const plain = skeleton(name.normalize('NFKC').toLowerCase())
  const english = [...brands.keys()].filter((brand) => new RegExp(`(?:^|[^a-z0-9])${brand}(?:[^a-z0-9]|$)`).test(plain))
  const inJapanese = [...brandsInJapanese]
    .filter(([word]) => name.normalize('NFKC').toLowerCase().startsWith(word))
    .map(([, brand]) => brand)
  return [...english, ...inJapanese]
}

const isFreeHost = (url: URL, organisation: string): boolean =>
  freeHosts.has(organisation) ||
  freeHosts.has(url.hostname) ||
  freeHosts.has(organisation.split('.').slice(1).join('.')) ||
  /^\/forms\//.test(url.pathname)

/** A Latin name without a word of four letters that stands in the host. */
function isUnrelated(name: string, host: string): boolean {
  const words = name.toLowerCase().match(/[a-z0-9]{4,}/g) ?? []
  const plain = host.replaceAll('-', '')
  return words.length > 0 && !words.some((word) => plain.includes(word)) && !plain.includes(words.join(''))
}

/** Counts clicks for the sender. */
const isTracker = (url: URL, organisation: string): boolean =>
  mailers.has(organisation) ||
  /^(?:click|clicks|track|tracking|trk|link|links|t|url\d*|email|e|go|ct|r|lnk|mail)\d*\./.test(url.hostname)

import type { EvidenceKind, MessageKind } from './outside-accounts.ts'

/** Words that tell a kind: their weight where the subject has them, else where the body has. Texts are normalised (see `normalise`). */
export interface Phrase {
  readonly name: string
  readonly kind: MessageKind
  readonly subject: number
  readonly body: number
  readonly pattern: RegExp
}

const any = (...patterns: readonly RegExp[]): RegExp => new RegExp(patterns.map(({ source }) => `(?:${source})`).join('|'), 'u')

const provider =
  /(?:your )?(?:google|apple|microsoft|facebook|line|github|orcid|twitter|x|linkedin|yahoo!?(?: ?japan)?|slack|amazon|institution(?:al)?|university|organi[sz]ation(?:al|'s)?|shibboleth|sso|学認|gakunin|大学|全学)(?: ?(?:account|id|login|credentials|アカウント|認証|共通|統合|sso|の?ログイン))*/

/** The kinds in the order in which they win when they weigh the same. */
export const phrases: readonly Phrase[] = [
  {
    name: 'signed-in-with',
    kind: 'federated',
    subject: 6,
    body: 5,
    pattern: any(
      new RegExp(
        `(?:sign(?:ed|ing)?|logg?(?:ed|ing)?|register(?:ed|ing)?|joined|authenticated|created|linked|connected)(?: ?-?(?:in|up|on))?(?: (?:to|an?|your|the|new|its?|this) [^.]{0,40}?)?,? (?:with|using|via|through|by) (?:sign in with )?${provider.source}`,
      ),
      /(?:linked|connected|added|attached) (?:your |a |an )?(?:google|apple|microsoft|facebook|line|github|orcid|twitter|linkedin)(?: (?:account|id|login))?/,
      /(?:google|apple|microsoft|facebook|line|github|orcid|twitter)(?: account| id)? (?:is|was|has been|are) (?:now )?(?:linked|connected|used to)/,
      new RegExp(
        `${provider.source}(?:を(?:使|利)(?:って|用して|い)|により|による|経由で|で|を通じて)[^。]{0,12}?(?:ログイン|サインイン|サインアップ|新規登録|会員登録|ご?登録|アカウントを?(?:作成|連携)|連携)(?:し|され|が|を?完了|いただ|の(?:お知らせ|通知|設定)|に(?:成功|切)|して)`,
      ),
      /(?:google|apple|microsoft|facebook|line|github|orcid|twitter|x|yahoo! ?japan|yahoo)(?: ?(?:アカウント|id))?(?:と|との|の)(?:アカウント|id)?連携(?:が|を|し|の?(?:完了|お知らせ|設定))/,
      /(?:sign in with (?:apple|google|microsoft|line|github)|(?:apple|google)でサインイン|(?:apple|google)でログイン) ?(?:を(?:使用|利用|設定)|が(?:使用|設定)|was used|is (?:set up|enabled))/,
      /your account uses (?:google|apple|microsoft|facebook|github)|don'?t (?:have|need) a (?:separate )?password/,
    ),
  },
  {
    name: 'app-access',
    kind: 'federated',
    subject: 6,
    body: 4.5,
    pattern: any(
      /(?:granted|given|gave|has|have|allow(?:ed)?|authori[sz]ed?|new app(?:lication)? (?:with|has)|approved?)[^.]{0,60}? (?:access to|to access) (?:some of )?(?:your )?(?:google|github|microsoft|apple|orcid|dropbox|facebook|twitter|slack|line)/,
      /(?:third[- ]party|oauth|connected|external) (?:github |google )?app(?:lication)?s?[^.]{0,50}? (?:has been |was |were |is |recently )?(?:added|authori[sz]ed|connected|granted|given|allowed|approved|installed)/,
      /(?:app|application|site|service) (?:was |has been )?(?:connected|linked|authori[sz]ed) (?:to|with) your/,
      /added as a trusted (?:organi[sz]ation|party)|trusted organi[sz]ation/,
      /(?:google|github|microsoft|apple|orcid|line|facebook|twitter|dropbox)(?: ?(?:アカウント|id))?(?:の(?:データ|情報|プロフィール))?(?:へ|に|に対する)の?(?:アクセス|接続)(?:権(?:限)?)?(?:を|が|許可)/,
      /(?:アプリ|サービス|アプリケーション|サイト)(?:に|へ|が)[^。]{0,30}?(?:アクセス(?:権(?:限)?)?)(?:を|が)?(?:許可|付与|認可|承認)/,
      /(?:サードパーティ|外部|連携)(?:製|の)?(?:アプリ|サービス)(?:ケーション)?(?:が|と|に|を)[^。]{0,20}?(?:連携|追加|接続|許可|承認|アクセス)/,
      /連携(?:アプリ|サービス)の?(?:追加|許可|お知らせ|通知)/,
    ),
  },
  {
    name: 'sign-in-notice',
    kind: 'security',
    subject: 5,
    body: 3.5,
    pattern: any(
      /new (?:sign|log)[- ]?(?:in|on)|(?:sign|log)[- ]?in (?:attempt|alert|notification|detected|was|from|notice|activity)|signed in (?:from|on) a new|new (?:device|browser|location)|unrecogni[sz]ed|unusual (?:activity|sign)|suspicious (?:activity|sign|log)|was (?:this|that) you/,
      /(?:ログイン|サインイン)(?:通知|の?お知らせ|がありました|が(?:確認|検出|検知|行われ|されました)|されました|しました|を検知|を検出|履歴|アラート|の?(?:確認|試み)|試行)/,
      /(?:新しい|新たな|別の|普段と(?:異|違)な?る|いつもと(?:異|違)な?る|未登録の|見(?:慣|覚えの)[^。]{0,4})(?:端末|デバイス|環境|機器|ブラウザ|場所|地域|ip)/,
      /不(?:正|審)な?(?:アクセス|ログイン|利用)(?:を|が|の)?(?:検知|検出|可能性|防止|確認)?/,
    ),
  },
  {
    name: 'one-time-code',
    kind: 'security',
    subject: 4.5,
    body: 3,
    pattern: any(
      /(?:verification|security|one[- ]time|log[- ]?in|sign[- ]?in|authentication|confirmation|access|2fa|two[- ]factor|passcode|authori[sz]ation) (?:code|pin|passcode|password|link)|magic link|\botp\b|your code (?:is|:)|\bis your [^.]{0,40}code/,
      /(?:認証|確認|ワンタイム|セキュリティ|ログイン|検証|承認|本人確認|二段階認証|2段階認証)(?:用)?(?:コード|番号|キー|パスワード|pin|リンク)|ワンタイム(?:パスワード|url)/,
      /bestätigungscode|sicherheitscode|code de (?:vérification|sécurité)|código de (?:verificación|seguridad)|验证码|인증 ?(?:번호|코드)/,
    ),
  },
  {
    name: 'password',
    kind: 'security',
    subject: 5,
    body: 3.5,
    pattern: any(
      /(?:reset|change|update|set|forgot(?:ten)?|recover|expir\w+)[^.]{0,25}? password|password (?:reset|change|was|has|update|expir|recovery|will)/,
      /パスワード(?:の|を|が|は)?(?:再設定|再登録|変更|リセット|再発行|初期化|更新|有効期限|お忘れ|設定)/,
      /passwort (?:zurück|geändert)|réinitialis\w+[^.]{0,20}mot de passe|mot de passe|restablecer|contraseña|重置密码|비밀번호/,
    ),
  },
  {
    name: 'account-changed',
    kind: 'security',
    subject: 4.5,
    body: 3,
    pattern: any(
      /(?:e-?mail(?: address)?|phone(?: number)?|recovery (?:e-?mail|phone|options?)|profile|account (?:details|information|settings)|security (?:settings|info\w*)) (?:on your account )?(?:was|has been|were|have been|is being|will be) (?:changed|updated|added|removed|modified)/,
      /(?:2|two)[- ](?:step|factor)|\b2fa\b|\bmfa\b|multi-?factor|authenticator|passkey|recovery (?:code|e-?mail|phone)|backup codes?|ssh key|api key|(?:personal )?access token|deploy key|security key|gpg key/,
      /(?:メールアドレス|電話番号|登録情報|会員情報|お客様情報|住所|アカウント情報)(?:の|が|を)?(?:ご?変更|更新)/,
      /(?:二|2|多)(?:段階|要素)認証|パスキー|アクセストークン|apiキー|ssh ?(?:公開)?鍵|セキュリティキー|バックアップコード|秘密の(?:質問|合言葉)|再設定用/,
      /e-?mail address change|change (?:of|to|in) (?:your )?e-?mail|(?:confirm|verify)(?:ing)? (?:your )?new e-?mail|e-?mail change/,
      /security (?:alert|notice|notification|warning|update for your)|セキュリティ(?:に関する)?(?:通知|警告|アラート|の?お知らせ|の重要)/,
    ),
  },
  {
    name: 'account-ends',
    kind: 'security',
    subject: 4.5,
    body: 3.5,
    pattern: any(
      /account (?:has been |was |will be |is |is about to be |is scheduled (?:for|to be) )?(?:temporarily )?(?:locked|suspend\w+|delet\w+|deactivat\w+|clos(?:ed|ing|ure)|disabled|inactive|expir\w+|terminat\w+|unlocked)|inactive account|(?:haven't|not) (?:logged|signed) in|inactivity/,
      /(?:アカウント|会員登録|会員資格|id|ご?登録)(?:が|を|は|の)?(?:一時的?に?)?(?:ロック|停止|凍結|削除|無効|失効|解除|退会|抹消)|退会(?:手続|処理|完了|を|の|いたし)|長期間?(?:ご)?(?:利用|ログイン)|(?:ログイン|ご利用)(?:が(?:ない|確認できない|ありません)|されて(?:いない|おりません|いません))/,
    ),
  },
  {
    name: 'not-you',
    kind: 'security',
    subject: 2,
    body: 1,
    pattern: any(
      /(?:if|in case) (?:this|it|that) (?:wasn't|was not|isn't) you|(?:didn't|did not) (?:request|make|initiate|recogni[sz]e|try|attempt)|don't recogni[sz]e|(?:never|not) share (?:this|your|the) code|(?:心当たり|身に覚え|お?覚え)の?(?:が)?(?:ない|なき|ござい|なけれ)/,
    ),
  },
  {
    name: 'code-to-register',
    kind: 'registration',
    subject: 5,
    body: 3.5,
    pattern: any(
      /(?:sign(?:ing)?[- ]?up|registration|create (?:your|an) account|verify your e-?mail)[^.]{0,60} code|code[^.]{0,60}(?:to (?:complete|finish|create|verify your e-?mail|confirm your e-?mail|activate)|sign(?:ing)? ?up|registration)/,
      /登録[^。]{0,20}(?:認証|確認)?コード|コード[^。]{0,30}(?:登録|アカウント(?:を|の)作成)/,
    ),
  },
  {
    name: 'confirm-address',
    kind: 'registration',
    subject: 6,
    body: 4,
    pattern: any(
      /(?:verify|confirm|validate|activate)(?:ing)? (?:your |the |this |that )?(?:(?!new )[\w.&'-]+ ){0,3}?(?:e-?mail(?: address)?|account|registration|sign-?up|membership|id\b|user)|(?:e-?mail(?: address)?|account|registration) (?:verification|confirmation|activation)|activation (?:link|code|key)|verify (?:it's you )?to (?:finish|complete)/,
      /(?:complete|finish|finali[sz]e|continue)(?:ing)? (?:your |the |setting up your )?(?:[\w.&'-]+ ){0,3}?(?:registration|sign-?up|account|profile|application for an account)|finish (?:setting|signing) up/,
      /メールアドレス(?:の|を|が)?(?:ご)?(?:確認|認証|登録|検証|有効)|(?:認証|確認)(?:用)?(?:メール|url|リンク)|(?:本|仮)(?:会員)?登録|登録(?:の|を|手続きを?|手続)?(?:ご)?(?:確認|完了(?:させ|して|する)|手続)|(?:アカウント|ユーザー?|id)(?:の|を)?(?:有効化|アクティベ|本人確認|確認|認証)/,
      /bestätig\w+[^.]{0,30}(?:e-?mail|konto|registrierung|anmeldung)|confirme[rz]?[^.]{0,30}(?:adresse|compte|inscription)|confirma[^.]{0,30}(?:correo|cuenta)|(?:验证|确认|激活)[^。]{0,8}(?:邮箱|账[号户]|帐号|电子邮件|註冊|注册)|이메일 (?:인증|주소)|회원 ?가입/,
    ),
  },
  {
    name: 'welcome',
    kind: 'registration',
    subject: 5,
    body: 3,
    pattern: any(
      /\bwelcome,? (?:to|aboard|on board|[\w. ]{1,25}!)|^welcome\b|(?:thanks|thank you) (?:so much )?for (?:signing up|registering|joining|creating|your registration|subscribing to our (?:service|plan))|glad (?:you're|you are|to have you)|get(?:ting)? started (?:with|on)|you('re| are) (?:now )?(?:all set|in!|ready to|a member|registered|signed up)/,
      /ようこそ|(?:ご)?(?:登録|入会|加入|申込み?|申し込み)(?:いただき|下さり|くださり|して(?:いただき|頂き|くださり)|頂き|を(?:頂き|いただき))[^。]{0,12}ありがとう|ご?(?:登録|入会)(?:誠に)?ありがとう|willkommen|bienvenue|bienvenid|欢迎(?:您)?(?:加入|注册|使用)?|환영/,
    ),
  },
  {
    name: 'account-made',
    kind: 'registration',
    subject: 6,
    body: 4,
    pattern: any(
      /(?:account|profile|id|membership|workspace|registration|user) (?:[\w@.-]+ )?(?:has been |was |is |have been )?(?:now )?(?:successfully )?(?:created|ready|activated|set up|registered|opened|approved|complete[d]?|confirmed|issued|verified|received|successful)|(?:created|opened|set up|registered|made)(?: for you)? (?:a|an|your|the)(?: new)? (?:[\w.&'-]+ ){0,3}?(?:account|profile|id)\b|your (?:new )?(?:[\w.&'-]+ ){0,3}?(?:account|user ?name|login|user ?id|membership|id)(?: is:?| details| information| card|:)|account (?:creation|details|registration|information)|new account|registration (?:complete|confirm|success|received|details|number)|(?:you(?:'ve| have)|been) (?:successfully )?registered|accepted (?:your|the) invitation|joined (?:the )?[\w.& '-]{1,40}(?:workspace|team|organi[sz]ation|project)/,
      /(?:会員|ユーザー?|利用者|アカウント|新規|メンバー|id|メールアドレス|マイページ|無料|本|利用|著者|査読者)(?:の|様)?(?:情報)?(?:ご?登録|作成|発行|開設)(?:が|を|の|は)?(?:完了|受け?付け|承り|いたし|致し|され|しました|でき|お知らせ|ご案内|通知|ありがとう|手続)/,
      /(?:アカウント|id|口座|マイページ|ユーザー名)(?:の|を|が)?(?:新規)?(?:作成|開設|発行|登録|お知らせ|通知)|(?:ご)?(?:登録|入会)(?:が|手続きが|の手続きが|処理が)?(?:完了|受け?付け|承り)|登録完了|入会(?:手続|完了|の)|(?:利用|ご利用)(?:開始|登録|申請)(?:の|が|手続|完了|承認)|(?:会員|ユーザー|ログイン|利用者)(?:id|番号|名)(?:は|:|の|が|】)/,
      /konto (?:wurde |ist )?(?:erstellt|angelegt|eingerichtet)|compte (?:a été )?(?:créé|activé)|cuenta (?:ha sido )?creada|账[号户][^。]{0,6}(?:创建|注册)/,
    ),
  },
  {
    name: 'order',
    kind: 'receipt',
    subject: 5.5,
    body: 3,
    pattern: any(
      /\b(?:order|purchase|booking|reservation|payment|subscription|ticket|donation|transaction)s? (?:#|no\b|number|id\b|confirm\w*|receipt|received|placed|details|summary|complete[d]?|success\w*|shipped|has (?:been )?(?:shipped|confirmed|received|dispatched|delivered)|is (?:confirmed|on its way|complete)|was (?:confirmed|received|successful))|your (?:[\w.&'-]+ ){0,3}?(?:order|purchase|receipt|invoice|bill|booking|reservation|e-?ticket|itinerary|statement|refund|payout|delivery|shipment|package|parcel|trip|ride|stay|registration fee)\b|thank(?:s| you) for (?:your (?:[\w.&'-]+ ){0,2}?(?:order|purchase|payment|booking|reservation|donation)|shopping|riding|booking|staying|ordering)|\b(?:receipt|invoice|refund(?:ed)?|payout|e-?ticket|itinerary)\b|(?:payment|charge) (?:of|for|from|to)\b|has (?:shipped|been (?:shipped|delivered|refunded|charged))|out for delivery|tracking (?:number|id|#)|auto-?renew|renewal (?:notice|reminder|confirm)|(?:will|has been) renew/,
      /ご?注文(?:の|を|が|内容|番号|確認|完了|品|商品|いただ|ありがとう|受付)|(?:ご)?購入(?:の|を|が|内容|完了|明細|いただ|ありがとう|手続)|(?:商品)?(?:の)?発送(?:の|が|を|完了|しました|いたしました|連絡|予定)|(?:お届け|配達|配送|出荷)(?:の|が|を|完了|予定|状況|いたし|しました|先|日)|(?:ご)?予約(?:の|が|を|内容|番号|確認|完了|確定|受付|ありがとう|いただ)|ご?宿泊|ご?搭乗|ご?乗車|eチケット|電子チケット/,
      /領収(?:書|証)|(?:ご)?請求(?:書|額|金額|内容|の?確定|の?お知らせ|予定)|(?:お)?(?:支払い?|振込|振替|引(?:き)?落(?:と)?し|入金|決済|返金|払い?戻し|送金)(?:の|が|を|い|完了|金額|手続|確認|内容|予定|お知らせ|方法:|いただ|されました|しました)|(?:ご)?利用(?:明細|金額|代金|内容|料金|店)|カード(?:の)?ご?利用|取引(?:明細|完了|報告|内容|の?お知らせ)|約定|明細(?:書|の|が)|更新(?:料|のお知らせ|手続き|完了|が完了)|自動更新|契約(?:の)?更新|検針|売上|落札/,
      /bestellung|rechnung|ihre (?:bestell|buchung|sendung)|commande|facture|réservation|pedido|factura|reserva|订单|发票|주문/,
    ),
  },
  {
    name: 'amount',
    kind: 'receipt',
    subject: 2.5,
    body: 2,
    pattern: any(/[¥$€£₩]\s?\d[\d.,]*|\d[\d,]{2,}\s?円|\d[\d,.]*\s?(?:usd|eur|gbp|jpy|yen|円)\b|(?:usd|eur|gbp|jpy|us\$)\s?\d/),
  },
  {
    name: 'number-of-order',
    kind: 'receipt',
    subject: 2,
    body: 2,
    pattern: any(
      /(?:order|booking|reservation|invoice|confirmation|receipt|transaction|tracking|reference|ticket)(?: (?:no\.?|number|id|#|code|reference))? ?[:#] ?[a-z]{0,4}-?\d[\w-]{3,}/,
      /(?:注文|予約|受付|伝票|お?問い?合わ?せ|請求|取引|決済|確認|領収|受注|便|送り状|追跡|会計|管理)(?:書)?(?:番号|no\.?|id|コード) ?[:】\])] ?[a-z]{0,4}-?[\d][\w-]{2,}/,
    ),
  },
  {
    name: 'total',
    kind: 'receipt',
    subject: 1,
    body: 2,
    pattern: any(
      /\b(?:sub)?total\b ?:?|amount (?:due|paid|charged)|billing (?:period|date|address)|payment method|paid (?:with|by|on)|qty|shipping (?:address|to)/,
      /(?:合計|小計|総額|税込|お?支払い?(?:金額|合計|方法|日)|送料|消費税|ご?請求(?:金)?額|数量|お届け先|決済(?:方法|日時|金額)|ご?利用(?:日時?|金額))/,
    ),
  },
  {
    name: 'marketing',
    kind: 'newsletter',
    subject: 4,
    body: 2,
    pattern: any(
      /newsletter|digest|weekly|monthly|this week|roundup|\d+ ?% ?off|\bsale\b|\bdeals?\b|discount|coupon|promo|save (?:up to )?(?:\d|[$€£])|free shipping|limited[- ]time|last chance|don't miss|black friday|webinar|new arrivals|what's new|recommended for you|picks for you|introducing|announcing|early bird|call for (?:papers|participation)|survey|product updates?|release notes|new features|tips (?:for|to)|top stories|jobs? (?:for you|alert)|new jobs/,
      /メルマガ|メールマガジン|ニュースレター|セール|クーポン|キャンペーン|\d+ ?%(?:off|オフ|引|還元)|ポイント\d+倍|\d+倍|新(?:着|商品|作|発売|機能)|おすすめ|お得|特集|限定|プレゼント|開催(?:中|のお知らせ|します|決定)|ウェビナー|セミナー|号外|今週の|今月の|週刊|月刊|vol\.? ?\d|第\d+号|ランキング|先行|予告|アンケート|求人|公募|参加者募集|特典|タイムセール|送料無料/,
      /rabatt|angebot|soldes|promotion|ofertas|descuento|优惠|할인/,
    ),
  },
  {
    name: 'notice-to-all',
    kind: 'newsletter',
    subject: 4.5,
    body: 1.5,
    pattern: any(
      /(?:changes?|updat\w+|updates) (?:to|of|in) (?:our|the) (?:[\w.&'-]+ ){0,2}?(?:terms|privacy|policy|policies|pricing|agreement)|(?:terms of (?:service|use)|privacy (?:policy|statement|notice))(?: update| change|$)|scheduled maintenance|service (?:interruption|disruption|announcement)|maintenance (?:notice|window)|end of (?:service|support|life)|price change/,
      /(?:利用)?規約(?:の|を|が)?(?:一部)?(?:改定|変更|改訂|更新)|プライバシーポリシー(?:の|を)?(?:改定|変更|改訂|更新)|(?:システム|サーバー?)?メンテナンス|サービス(?:の)?(?:終了|停止|一時停止)|営業(?:時間|日)|年末年始|(?:価格|料金)(?:の)?(?:改定|変更)|障害(?:の|に関する)/,
    ),
  },
  {
    name: 'mailing-list',
    kind: 'newsletter',
    subject: 5,
    body: 4,
    pattern: any(
      /welcome to the ["“”']?[\w.@+ -]+["“”']? (?:mailing )?list|mailing list|mailman|listserv|list-?serv|confirm (?:your )?subscription|you(?:'re| are| have been| were)? (?:now )?(?:subscribed|added) to (?:the|our|this)|your subscription to (?:the|our) [\w ]*(?:list|newsletter)|(?:list|google groups?) (?:membership|subscription)|membership reminder/,
      /welcome to [^.]{0,40}(?:newsletter|digest)|(?:subscribing|subscription|subscribed) to (?:our|the) [\w ]{0,30}(?:newsletter|digest|updates|mailing)/,
      /(?:メルマガ|メールマガジン|ニュースレター)(?:の|へ|に|へのご)?(?:ご)?(?:登録|購読)|メーリングリスト|\bmlへの|購読(?:の|を|ありがとう|登録|手続|が|開始)/,
    ),
  },
  {
    name: 'unsubscribe-words',
    kind: 'newsletter',
    subject: 0,
    body: 1.5,
    pattern: any(
      /\bunsubscribe\b|opt[- ]out|manage (?:your )?(?:e-?mail )?preferences|(?:update|change) your (?:e-?mail )?preferences|view (?:this (?:e-?mail )?)?(?:in|on) (?:your |a )?(?:browser|web)|you(?:'re| are) receiving this (?:e-?mail |message |newsletter )?because|abmelden|se désabonner|désinscri|darse de baja|退订|수신거부/,
      /配信(?:停止|解除|登録|の?変更|設定)|(?:購読|メルマガ|メール)(?:の)?(?:解除|停止|配信)|配信を希望(?:され|し)ない/,
    ),
  },
  {
    name: 'invitation',
    kind: 'other',
    subject: 6,
    body: 3.5,
    pattern: any(
      /invit(?:ed|es|ing) you|you(?:'ve| have)? (?:been|were|are|re) invited|^(?:updated |canceled )?invitation|invitation (?:to|from)|accept (?:the |this |your )?invit|(?:has |wants to )?(?:shared?|sent)(?: with you| (?:a|an|the|some) (?:file|folder|document|item|photo|link|spreadsheet|presentation)| ["“「'][^"”」']+["”」'])|shared with you|requests? access|(?:commented|replied|mentioned you|assigned)|wants? to connect|accepted: |declined: |tentative: |out of (?:the )?office|auto(?:matic)?(?:-| )?reply|vacation|autoreply/,
      /(?:に|へ)(?:の)?(?:ご)?招待|(?:から|より|の)招待|招待(?:され|し|状|メール|が届|を受け)|さん(?:が|から|より)[^。]{0,40}(?:共有|コメント|返信|招待|メンション|送信|リクエスト)|(?:が|を)?共有(?:されました|しました|のお知らせ|リクエスト)|(?:不在|自動)(?:通知|返信|応答)|予定(?:の|に|が)?(?:変更|招待|通知|リマインダ)|出欠|リマインダー:|承諾:|辞退:/,
    ),
  },
  {
    name: 'answer-of-a-desk',
    kind: 'other',
    subject: 5,
    body: 3,
    pattern: any(
      /(?:received|thank you for) your (?:request|inquiry|enquiry|message|question|ticket|feedback)|support (?:request|ticket)|\[?ticket (?:#|id|number)|case (?:#|number)/,
      /お?問い?合わ?せ(?:を|いただき|頂き|ありがとう|の?受け?付|内容|ありがとう)/,
    ),
  },
  {
    name: 'bounce',
    kind: 'other',
    subject: 8,
    body: 5,
    pattern: any(
      /undeliver|delivery (?:status )?(?:notification|failure|has failed|incomplete)|mail delivery (?:failed|system|subsystem)|returned mail|failure notice|message (?:blocked|not delivered|could not be delivered)|could not be delivered to|配信(?:不能|エラー|できません)|送信(?:エラー|できません)|配送エラー/,
    ),
  },
]

/** Below this much nothing is said: then a message is bulk mail, or tells nothing. */
export const threshold = 3

/** How much structure weighs, by name. See `structure.ts`. */
export const structureWeights = {
  'list-unsubscribe': ['newsletter', 2],
  'list-id': ['newsletter', 2],
  'bulk-precedence': ['newsletter', 2],
  'confirming-link': ['registration', 2],
  'password-link': ['security', 2],
  'unsubscribe-link': ['newsletter', 1],
  'code-alone': ['security', 1.5],
} as const satisfies Readonly<Record<string, readonly [EvidenceKind, number]>>

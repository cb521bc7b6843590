import { any, type Phrase } from './phrase.ts'

/** Whose sign-in may be used, as mail names it. */
const provider =
  /(?:your )?(?:google|apple|microsoft|facebook|line|github|orcid|twitter|x|linkedin|yahoo!?(?: ?japan)?|slack|amazon|dアカウント|楽天(?:会員)?|au(?= ?id)|メルカリ|institution(?:al)?|university|organi[sz]ation(?:al|'s)?|shibboleth|sso|学認|gakunin|大学|全学|所属(?:機関|大学|組織)|学術認証(?:フェデレーション)?|統合認証|シングルサインオン)(?: ?365)?(?:の)?(?: ?(?:account|id|login|credentials|アカウント|認証|共通|統合|sso|の?ログイン))*/

/** Words of messages that say that there is an account. */
export const accountPhrases: readonly Phrase[] = [
  {
    name: 'signed-in-with',
    kind: 'federated',
    subject: 8,
    body: 8,
    pattern: any(
      new RegExp(
        `(?:sign(?:ed|ing)?|logg?(?:ed|ing)?|register(?:ed|ing)?|joined|authenticated|created|linked|connected)(?: ?-?(?:in|up|on))?(?: (?:to|an?|your|the|new|its?|this) [^.]{0,40}?)?,? (?:with|using|via|through|by) (?:sign in with )?${provider.source}`,
      ),
      /(?:linked|connected|added|attached) (?:your |a |an )?(?:google|apple|microsoft|facebook|line|github|orcid|twitter|linkedin)(?: (?:account|id|login))?/,
      /(?:google|apple|microsoft|facebook|line|github|orcid|twitter)(?: account| id)? (?:is|was|has been|are) (?:now )?(?:linked|connected)/,
      /(?:recently |just )?used (?:your )?(?:google|apple|microsoft|facebook|line|github|orcid|twitter|linkedin)(?: (?:account|id))? to (?:log|sign)|(?:continued?|came in|come in|enter(?:ed)?|arrived?) (?:with|through|via) (?:your )?(?:google|apple|microsoft|facebook|line|github|orcid|twitter|linkedin|university|institution)|["'“‘](?:continue|sign in|log in|sign up) with [a-z]+["'”’]|(?:university|institution|organi[sz]ation)(?:'s)? (?:page|manages how)[^.]{0,20}(?:sign|log) in|(?:sign|log)[- ]?in is changing/,
      new RegExp(
        `${provider.source}(?:を(?:使|利)(?:って|用して|い)|により|による|経由で|で|を通じて)[^。]{0,12}?(?:ログイン|サインイン|サインアップ|新規登録|会員登録|ご?登録|アカウントを?(?:作成|連携)|連携)(?:し|され|が|を?完了|いただ|の(?:お知らせ|通知|設定)|に(?:成功|切)|して)`,
      ),
      /(?:google|apple|microsoft|facebook|line|github|orcid|twitter|x|yahoo! ?japan|yahoo)(?: ?(?:アカウント|id))?(?:と|との|の)(?:アカウント|id)?連携(?:が|を|し|の?(?:完了|お知らせ|設定))/,
      /(?:google|apple|microsoft|facebook|line|github|orcid|twitter|yahoo! ?japan)(?: ?(?:アカウント|id))?(?:を(?:使|利)(?:って|用して)の|での|が|で、)[^。]{0,20}?(?:ご?登録|結びつ|ログイン|お使いになれる|利用できる)|[「『](?:google|apple|microsoft|facebook|line|github|orcid|twitter)で(?:ログイン|続行|登録|サインイン)[」』]|(?:外部)(?:サービス|アカウント|id)(?:と)?の?連携/,
      // As services and their help pages call it: social login, linking of an id, and the way in that an account was made with.
      /(?:ソーシャル|sns|外部)(?: ?(?:アカウント|id|サービス))?(?: ?(?:の|で|との))?(?:ログイン|連携|認証|登録)(?:が|を|の|で|に|機能)/,
      new RegExp(
        `${provider.source}(?: ?(?:アカウント|id))?(?:連携(?:が|を|の|に|完了|済)|[をがと](?:[^。]{0,12}?)(?:連携|接続|リンク|紐[付づ]|ひも付|関連付))`,
      ),
      /(?:ログイン|サインイン|認証|登録)(?:の)?(?:方法|方式|手段|サービス) ?(?:は|が|:|に)? ?[「『(]?(?:google|apple|microsoft|facebook|line|github|orcid|twitter|yahoo|学認|大学|所属機関)/,
      /(?:sign in with (?:apple|google|microsoft|line|github)|(?:apple|google)でサインイン|(?:apple|google)でログイン) ?(?:を(?:使用|利用|設定)|が(?:使用|設定)|was used|is (?:set up|enabled))/,
      /your account uses (?:google|apple|microsoft|facebook|github)|don'?t (?:have|need) a (?:separate )?password/,
    ),
  },
  {
    name: 'names-a-sign-in',
    kind: 'federated',
    subject: 5,
    body: 3.5,
    notOfProviders: true,
    pattern: any(
      /(?:google|apple|microsoft|facebook|line|github|orcid|twitter|yahoo! ?japan|学認|gakunin|大学(?:の)?(?:アカウント|id|認証)|shibboleth)(?: ?(?:アカウント|id))?(?!公式|の?友だち|でシェア|をフォロー)[^。\n公友]{0,20}(?:連携|接続し|ログイン(?:し|され|を(?:設定|確認))|サインイン|紐[付づ]|結び|認証(?:に|で|が|を)|経由|で続行)/,
      /\b(?:google|apple|microsoft|facebook|line|github|orcid|twitter|linkedin|institutional|university) (?:account|log-?in|sign-?in|id|credentials|sso)\b[^.]{0,50}(?:next time|sign|log|used?|connect|link|instead|no password|access)/,
      /(?:sign|log)(?:ging|ning)?[- ]?(?:in|on)\b[^.]{0,30}\b(?:google|apple|microsoft|facebook|github|orcid|university|institution)(?:'s)?\b|\bsso\b|single sign-?on|シングルサインオン/,
    ),
  },
  {
    name: 'app-access',
    kind: 'federated',
    subject: 7,
    body: 6.5,
    pattern: any(
      /(?:granted|given|gave|has|have|allow(?:ed)?|authori[sz]ed?|new app(?:lication)? (?:with|has)|approved?)[^.]{0,60}? (?:access to|to access) (?:some of )?(?:your )?(?:google|github|microsoft|apple|orcid|dropbox|facebook|twitter|slack|line)/,
      /(?:third[- ]party|oauth|connected|external) (?:github |google )?app(?:lication)?s?[^.]{0,50}? (?:has been |was |were |is |recently )?(?:added|authori[sz]ed|connected|granted|given|allowed|approved|installed)/,
      /new app(?:\(s\)|s)? (?:have|has|connected|with)|(?:app|site)s? connected|(?:you )?(?:consented|agreed|authori[sz]ed) (?:to the following|[\w.]+\.[a-z]{2,})|connected to (?:the|your) (?:google|microsoft|apple|github|facebook) account|autoris\S+ .{0,60}compte go|zugriff auf (?:ihr|dein|einige)[^.]{0,40}google|acceso a tu cuenta de google/,
      /新しいアプリが|(?:google|microsoft|github|apple|line)(?: ?アカウント)?[^。]{0,40}?(?:に接続しました|情報にアクセスできるよう|データにアクセスでき)/,
      /(?:app|application|site|service) (?:was |has been )?(?:connected|linked|authori[sz]ed) (?:to|with) your/,
      /added as a trusted (?:organi[sz]ation|party)|trusted organi[sz]ation/,
      /(?:google|github|microsoft|apple|orcid|line|facebook|twitter|dropbox)(?: ?(?:アカウント|id))?(?:の?(?:データ|情報|プロフィール|レコード))?(?:へ|に|に対する)の?(?:アクセス|接続)(?:権(?:限)?)?(?:を|が|許可)/,
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
      /new (?:sign|log)[- ]?(?:in|on)|used to (?:sign|log) in to|access from (?:a )?new|(?:sign|log)[- ]?in (?:attempt|alert|notification|detected|was|from|notice|activity)|signed in (?:from|on) a new|new (?:device|browser|location)|unrecogni[sz]ed|unusual (?:activity|sign)|suspicious (?:activity|sign|log)|was (?:this|that) you/,
      /(?:ログイン|サインイン)(?:に使用|通知|の?お知らせ|がありました|が(?:確認|検出|検知|行われ|されました)|されました|しました|を検知|を検出|履歴|アラート|の?(?:確認|試み)|試行)/,
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
      /(?:reset|change|update|forgot(?:ten)?|recover|expir\w+)[^.]{0,25}? password|password (?:reset|change|was|has|update|expir|recovery|will)/,
      /パスワード(?:の|を|が|は)?(?:再設定|再登録|変更|リセット|再発行|初期化|更新|有効期限|お忘れ)/,
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
    name: 'first-password',
    kind: 'registration',
    subject: 4,
    body: 3,
    pattern: any(
      /(?:set|choose|create|pick)(?: up)? (?:your |a )(?:first |new )?password/,
      /(?:初期|初回|仮)パスワード|パスワード(?:の|を)?(?:ご)?(?:設定|発行|登録)/,
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
      /(?:account|profile|id|membership|workspace|registration|user) (?:[\w@.-]+ )?(?:has been |was |is |have been )?(?:now )?(?:successfully )?(?:created|ready|activated|set up|registered|opened|approved|complete[d]?|confirmed|issued|verified|received|successful)|(?:created|opened|set up|registered|made)(?: for you)? (?:a|an|your|the)(?: new)? (?:[\w.&'-]+ ){0,3}?(?:account|profile|id)\b|(?:account|log-?in|membership) (?:creation|details|registration|information|card)|new account|registration (?:complete|confirm|success|received|details|number)|(?:you(?:'ve| have)|been) (?:successfully )?registered|accepted (?:your|the) invitation|joined (?:the )?[\w.& '-]{1,40}(?:workspace|team|organi[sz]ation|project)/,
      /(?:会員|ユーザー?|利用者|アカウント|新規|メンバー|id|メールアドレス|マイページ|無料|本|利用|著者|査読者)(?:の|様)?(?:情報)?(?:ご?登録|作成|発行|開設)(?:が|を|の|は)?(?:完了|受け?付け|承り|いたし|致し|され|しました|でき|お知らせ|ご案内|通知|ありがとう|手続)/,
      /(?:アカウント|id|口座|マイページ|ユーザー名)(?:の|を|が)?(?:新規)?(?:作成|開設|発行|登録|お知らせ|通知)|(?:ご)?(?:登録|入会)(?:が|手続きが|の手続きが|処理が)?(?:完了|受け?付け|承り)|登録完了|入会(?:手続|完了|の)|(?:利用|ご利用)(?:開始|登録|申請)(?:の|が|手続|完了|承認)/,
      /konto (?:wurde |ist )?(?:erstellt|angelegt|eingerichtet)|compte (?:a été )?(?:créé|activé)|cuenta (?:ha sido )?creada|账[号户][^。]{0,6}(?:创建|注册)/,
    ),
  },
  {
    name: 'of-an-account',
    kind: 'registration',
    subject: 3,
    body: 2,
    pattern: any(
      /\b(?:your|an?) (?:[\w-]+ ){0,2}?(?:user ?name|handle|profile|identifier|log-?in (?:details|name)|library|space|dashboard|pin)\b|(?:user ?name|user|login|member(?:ship)? (?:no|number)|handle) ?:|(?:somebody|someone),? \(?(?:hopefully|probably|we trust|perhaps) ?(?:it was )?you|activate your|is this you\b|you're (?:now )?(?:on|in|set)\b|to (?:begin|get going|start),|access granted|(?:opened|opening|started|prepared) an? (?:[\w-]+ ){0,2}?(?:account|log)|(?:have|has) been accepted|student status|one more step|first steps|let's (?:begin|get (?:you )?started|start)|(?:we've|we have) created|you can now|application (?:received|approved)|approved|enrol+ed|your membership|activated|right address|e-?mail (?:is )?(?:yours|correct)/,
      /(?:会員証|会員番号|ユーザー?名|お客さ?ま番号|利用者番号|視聴id|id ?[:は「]|idが設定|id設定)|(?:をはじめて|を始めて|はじめまして)|準備が(?:でき|整)|(?:ご本人の?)?メールアドレスか|在学(?:の)?確認|初回パスワード|(?:ご)?(?:契約|申込み?|お?手続き)(?:が|の)?完了|(?:あと|残り)\d+ステップ|(?:会員|ユーザー?)(?:の)?(?:皆様|になり)|仮パスワード|(?:ご利用|お使い)(?:いただけ|になれ)ま|会員(?:に|となり)|審査(?:が|の)(?:完了|結果)|承認(?:され|しま|いた)|(?:受付|受理)(?:が)?(?:完了|され|いた)|発行(?:され|しま|いた)|ご?登録(?:し|され|が|を)/,
    ),
  },
  {
    name: 'of-its-safety',
    kind: 'security',
    subject: 3,
    body: 2,
    pattern: any(
      /(?:pass ?(?:word|phrase|code)|secret (?:word|phrase))\b|(?:if|in case) (?:you|it) (?:did|was)(?:n't| not)|didn't ask|(?:one-off|temporary) pass|(?:added|changed|removed|switch\w*)[^.]{0,30}(?:key|address|e-?mail|phone|number)|(?:primary|contact) (?:e-?mail )?address|is this your new|new (?:phone|computer|laptop)|(?:lapses|valid|expires|works) (?:in|for|only)[^.]{0,12}(?:hour|minute)|guard code|(?:log|sign)[- ]?in attempt|trust it|recover|(?:signed|logged|locked) out|\bit's you|enter (?:this|the) (?:following )?code|code (?:below|is)|this device/,
      /(?:暗証番号|合言葉|(?:web)?パスワード)|(?:失敗|誤り)(?:が|し)[^。]{0,12}(?:続|まし|ため)|(?:操作|ログイン|お?手続き)したのが|\d+ ?(?:分|時間)(?:だけ|間|以内)?(?:有効|使え|ご利用)|(?:ワンタイム|ワンクリック)|(?:ご?利用)?停止(?:\(一時\))?|教えないで|ログインに|(?:へ|に)の?アクセスの?(?:お知らせ|通知)|新しい(?:スマ|パソコン|電話|携帯)|ログアウト|本人確認|再発行|届出|コードを(?:ご?入力|お伝え)|お?心当たり|(?:端末|デバイス)(?:が|を|で)/,
    ),
  },
]

import { any, type Phrase } from './phrase.ts'

/** Words of what is sold and booked, of bulk mail, and of what people and machines send that is no evidence. */
export const otherPhrases: readonly Phrase[] = [
  {
    name: 'order',
    kind: 'receipt',
    subject: 5.5,
    body: 3,
    pattern: any(
      /\b(?:order|purchase|booking|reservation|payment|ticket|donation|transaction)s? (?:#|no\b|number|id\b|confirm\w*|receipt|received|placed|details|summary|complete[d]?|success\w*|shipped|has (?:been )?(?:shipped|confirmed|received|dispatched|delivered)|is (?:confirmed|on its way|complete)|was (?:confirmed|received|successful))|your (?:[\w.&'-]+ ){0,3}?(?:order|purchase|receipt|invoice|bill|booking|reservation|e-?ticket|itinerary|statement|refund|payout|delivery|shipment|package|parcel|trip|ride|stay|registration fee)\b|thank(?:s| you) for (?:your (?:[\w.&'-]+ ){0,2}?(?:order|purchase|payment|booking|reservation|donation)|shopping|riding|booking|staying|ordering)|\b(?:receipt|invoice|refund(?:ed)?|payout|e-?ticket|itinerary)\b|(?:payment|charge) (?:of|for|from|to)\b|has (?:shipped|been (?:shipped|delivered|refunded|charged))|out for delivery|tracking (?:number|id|#)|auto-?renew|renewal (?:notice|reminder|confirm)|(?:will|has been) renew/,
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
    name: 'of-money',
    kind: 'receipt',
    subject: 3,
    body: 2,
    pattern: any(
      /\b(?:charged?|paid|dues|fee|renew\w*|extended until|premium|your plan|subscription|rate|price|billed|we took|deducted|parcel|courier|shipped?|copies|seat|authori[sz]ed? a payment|about to end|trial|boarding pass|check-?in|donation|tuition|statement|top-?up|balance|credited|debited|deposit|withdraw\w*|payable|remittance)\b/,
      /(?:お代|頂戴|差し引|チャージ|継続分|ご?継続|査定|買取|振込|残高|ポイント(?:から|を)|発券|座席|上映|お届け|焙煎|郵便局|宅配|配送|引き落と|請求|会費|参加費|受講料|受験料|手数料|寄[付附]|搭乗券|乗車券|チケット|ご利用ありがとうございま|納品|出荷|レシート|入金|お支払)/,
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

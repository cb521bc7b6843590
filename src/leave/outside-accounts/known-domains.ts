/** Names that frauds imitate most, each with the organisational domains that it really uses. What is not in here is judged by structure alone. */
export const brands: ReadonlyMap<string, readonly string[]> = new Map(
  `
  amazon: amazon.com amazon.co.jp amazon.co.uk amazon.de amazon.fr amazonaws.com amazonses.com media-amazon.com
  apple: apple.com icloud.com itunes.com
  paypal: paypal.com paypal-communication.com paypal.me
  google: google.com google.co.jp googlemail.com gmail.com youtube.com withgoogle.com goo.gle
  microsoft: microsoft.com microsoftonline.com office.com live.com outlook.com azure.com onmicrosoft.com office365.com
  facebook: facebook.com facebookmail.com meta.com metamail.com fb.com
  instagram: instagram.com facebookmail.com facebook.com meta.com
  netflix: netflix.com
  dropbox: dropbox.com dropboxmail.com dropboxsign.com
  github: github.com github.io githubusercontent.com
  linkedin: linkedin.com licdn.com
  rakuten: rakuten.co.jp rakuten.com rakuten.ne.jp rakuten-card.co.jp rakuten-bank.co.jp rakuten-sec.co.jp rakuten.jp
  mercari: mercari.com mercari.jp merpay.com
  docomo: docomo.ne.jp nttdocomo.co.jp docomo.jp
  softbank: softbank.jp softbank.ne.jp softbank.co.jp
  paypay: paypay.ne.jp paypay-bank.co.jp paypay-card.co.jp paypay.co.jp paypay-corp.co.jp paypay-sec.co.jp
  smbc: smbc.co.jp smbc-card.com smbcgroup.com vpass.ne.jp
  mufg: mufg.jp bk.mufg.jp mufg.co.jp cr.mufg.jp
  mizuho: mizuhobank.co.jp mizuho-fg.co.jp mizuho-sc.com mizuho-fg.com
  aeon: aeon.co.jp aeonbank.co.jp aeon.info aeoncard.co.jp
  saison: saisoncard.co.jp saison.co.jp a-q-f.com
  jcb: jcb.co.jp jcb.jp jcb.com
  visa: visa.com visa.co.jp vpass.ne.jp
  mastercard: mastercard.com mastercard.co.jp
  yamato: kuronekoyamato.co.jp yamato-hd.co.jp kuroneko.co.jp
  kuronekoyamato: kuronekoyamato.co.jp
  sagawa: sagawa-exp.co.jp
  dhl: dhl.com dhl.de dhl.co.jp
  fedex: fedex.com
  zoom: zoom.us zoom.com zoomgov.com
  slack: slack.com slack-mail.com slackb.com
  adobe: adobe.com adobesign.com behance.net
  coinbase: coinbase.com
  binance: binance.com
  stripe: stripe.com
  spotify: spotify.com spotifymail.com
  docusign: docusign.com docusign.net
  etax: e-tax.nta.go.jp nta.go.jp
  `
    .trim()
    .split('\n')
    .map((line): [string, string[]] => {
      const [name = '', domains = ''] = line.trim().split(': ')
      return [name, domains.split(' ')]
    }),
)

/** What the person reads for such a name in Japanese. */
export const brandsInJapanese: ReadonlyMap<string, string> = new Map(
  `アマゾン=amazon 楽天=rakuten メルカリ=mercari 三井住友=smbc 三菱ufj=mufg みずほ=mizuho イオンカード=aeon セゾン=saison ヤマト運輸=yamato 佐川急便=sagawa マイクロソフト=microsoft 国税庁=etax`
    .split(/\s+/)
    .map((pair): [string, string] => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
)

/** Anybody gets an address there: what comes from one is a person's, or pretends. */
export const freeMail: ReadonlySet<string> = new Set(
  `gmail.com googlemail.com yahoo.com yahoo.co.jp ymail.com ymail.ne.jp hotmail.com hotmail.co.jp outlook.com outlook.jp live.com live.jp msn.com
  icloud.com me.com mac.com aol.com gmx.de gmx.net gmx.com web.de mail.ru yandex.ru yandex.com qq.com 163.com 126.com naver.com proton.me protonmail.com
  docomo.ne.jp ezweb.ne.jp au.com softbank.ne.jp i.softbank.jp nifty.com biglobe.ne.jp ocn.ne.jp so-net.ne.jp orange.fr laposte.net free.fr`.split(
    /\s+/,
  ),
)

/** Of these the companies that give them write from the same domain. */
export const alsoServices: ReadonlySet<string> = new Set(
  'yahoo.co.jp icloud.com docomo.ne.jp ezweb.ne.jp au.com softbank.ne.jp nifty.com biglobe.ne.jp ocn.ne.jp so-net.ne.jp orange.fr laposte.net web.de'.split(
    ' ',
  ),
)

/** These send for others: who is behind a message stands elsewhere in it. */
export const mailers: ReadonlySet<string> = new Set(
  `sendgrid.net sendgrid.com amazonses.com mailgun.org mailgun.net mailchimp.com mailchimpapp.net mcsv.net mandrillapp.com rsgsv.net list-manage.com
  mailerlite.com sparkpostmail.com sendinblue.com brevo.com brevosend.com hubspot.com hubspotemail.net hs-send.com hubspotlinks.com klaviyomail.com
  klaviyo.com exacttarget.com salesforce.com marketingcloudapps.com mktomail.com mktdns.com mailjet.com constantcontact.com ccsend.com rs6.net
  createsend.com cmail19.com cmail20.com postmarkapp.com mtasv.net customeriomail.com customer.io intercom-mail.com intercom.io zendesk.com
  freshdesk.com freshemail.io helpscout.net substack.com beehiiv.com convertkit.com ck.page braze.com iterable.com sailthru.com
  benchmarkemail.com blayn.com blaynmail.jp cuenote.jp mag2.com combzmail.jp mailpublisher.jp emberpoint.com rsgn.jp pmdc.jp mx-a.jp
  eventbrite.com peatix.com doorkeeper.jp shopifyemail.com myshopify.com shopify.com squarespace.com squarespace-mail.com wixemails.com
  firebaseapp.com auth0.com okta.com cognito.com amazoncognito.com onelogin.com supabase.co supabase.io clerk.dev google-analytics.com
  awstrack.me sendibt2.com sendibm1.com sparkpost.com`.split(/\s+/),
)

/** These of the above (and shops' platforms) have accounts of their own; named when nobody else is. */
export const paymentCompanies: ReadonlySet<string> = new Set(
  `stripe.com paypal.com squareup.com square.com paddle.com paddle.net fastspring.com gumroad.com xsolla.com gmo-pg.com pay.jp payjp.co.jp komoju.com
  klarna.com adyen.com 2checkout.com lemonsqueezy.com lemonsqueezy-mail.com shopify.com thebase.in stores.jp cleverbridge.com digitalriver.com chargebee.com`.split(
    /\s+/,
  ),
)

/** Whose sign-in other services take. */
export const signInProviders: ReadonlyMap<string, string> = new Map([
  ['google.com', 'Google'],
  ['apple.com', 'Apple'],
  ['microsoft.com', 'Microsoft'],
  ['microsoftonline.com', 'Microsoft'],
  ['line.me', 'LINE'],
  ['linecorp.com', 'LINE'],
  ['github.com', 'GitHub'],
  ['orcid.org', 'ORCID'],
  ['facebook.com', 'Facebook'],
  ['facebookmail.com', 'Facebook'],
  ['twitter.com', 'X'],
  ['x.com', 'X'],
  ['yahoo.co.jp', 'Yahoo! JAPAN'],
  ['yahoo-corp.jp', 'Yahoo! JAPAN'],
])

/** Domains that an organisation sends from, and the one under which people know it. */
export const aliases: ReadonlyMap<string, string> = new Map([
  ['facebookmail.com', 'facebook.com'],
  ['metamail.com', 'meta.com'],
  ['dropboxmail.com', 'dropbox.com'],
  ['googlemail.com', 'google.com'],
  ['microsoftonline.com', 'microsoft.com'],
  ['redditmail.com', 'reddit.com'],
  ['spotifymail.com', 'spotify.com'],
  ['pinterestmail.com', 'pinterest.com'],
  ['slack-mail.com', 'slack.com'],
  ['linecorp.com', 'line.me'],
  ['discordapp.com', 'discord.com'],
  ['paypal-communication.com', 'paypal.com'],
  ['squareup.com', 'square.com'],
  ['docusign.net', 'docusign.com'],
])

/** Links to these say nothing of who wrote: social networks, app shops, pictures, fonts, trackers. */
export const commonLinks: ReadonlySet<string> = new Set(
  `facebook.com twitter.com x.com instagram.com youtube.com linkedin.com tiktok.com line.me lin.ee pinterest.com apple.com google.com google.co.jp
  play.google.com goo.gl bit.ly t.co w3.org gstatic.com googleapis.com googleusercontent.com doubleclick.net cloudfront.net akamaihd.net
  g.page discord.gg discord.com note.com threads.net bsky.app github.com medium.com wikipedia.org mailto.com`.split(/\s+/),
)

/** Anybody puts a page there within a minute, or hides an address behind it. */
export const freeHosts: ReadonlySet<string> = new Set(
  `web.app firebaseapp.com github.io workers.dev pages.dev netlify.app vercel.app weebly.com wixsite.com blogspot.com duckdns.org ngrok.io ngrok-free.app
  bit.ly tinyurl.com is.gd cutt.ly rb.gy t.ly ow.ly s.id x.gd qrco.de r2.dev glitch.me 000webhostapp.com herokuapp.com godaddysites.com myftp.org
  sites.google.com forms.gle jotform.com typeform.com telegra.ph linktr.ee ipfs.io dweb.link`.split(/\s+/),
)

/** Endings that cost nothing or next to nothing, in which frauds outnumber services (https://www.spamhaus.org/reputation-statistics/cctlds/). */
export const oddEndings =
  /\.(top|xyz|icu|cfd|cyou|sbs|shop|click|buzz|rest|monster|quest|bond|lol|work|gq|cf|ga|ml|tk|ru|su|cn|vip|win|bid|loan|live|online|site|fun|help|support)$/

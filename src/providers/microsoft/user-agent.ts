/**
 * "Decorated" traffic is throttled last: `NONISV|Company|App/Version` for what is no product of a vendor
 * (https://learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked-in-sharepoint-online#how-to-decorate-your-http-traffic).
 */
export const userAgent = 'NONISV|Holdall|Holdall/0.1'

/** Characters that end or break a line; they become a blank, so that words stay apart. */
const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g
/** C0 and C1 controls (ESC and CSI among them), DEL, and the controls that reorder text: https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters */
const controls = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** A name or message from elsewhere as one line that cannot move the cursor, change colours or reorder what stands beside it. */
export function clean(text: string): string {
  return text.toWellFormed().replace(breaks, ' ').replace(controls, '')
}

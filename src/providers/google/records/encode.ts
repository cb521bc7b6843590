/** Characters gathered before they are handed on. */
const chunk = 65_536

/** Text as UTF-8, in chunks large enough to be worth a write. */
export async function* encode(texts: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  let gathered: string[] = []
  let length = 0
  for await (const text of texts) {
    gathered.push(text)
    length += text.length
    if (length < chunk) continue
    yield encoder.encode(gathered.join(''))
    gathered = []
    length = 0
  }
  if (length > 0) yield encoder.encode(gathered.join(''))
}

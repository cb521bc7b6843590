/** The labels of very many messages. */
export interface LabelTable {
  /** Adds a message, without labels as yet, unless it is there. */
  add(id: string): void
  /** Adds a label to a message, and the message where it is not there. */
  label(id: string, label: string): void
  /** In the order in which they were added; messages with the same labels have the same array. */
  entries(): Generator<readonly [id: string, labels: readonly string[]]>
}

/**
 * Some 20 bytes for each message: Gmail's ids are 16 hexadecimal digits, so two numbers hold one, and thousands of messages share a few
 * combinations of labels, so each combination is held once. An id of another form is kept as it is.
 */
export function createLabelTable(): LabelTable {
  const combinations: Combination[] = [{ labels: [], more: new Map() }]
  let size = 0
  let high = new Uint32Array(1024)
  let low = new Uint32Array(1024)
  let combined = new Uint32Array(1024)
  /** Places in the above plus one, by hash; 0: none. */
  let index = new Uint32Array(4096)
  const others = new Map<string, number>()

  const slotOf = (a: number, b: number): number => {
    const mask = index.length - 1
    let slot = (Math.imul(a, 0x9e37_79b1) ^ Math.imul(b ^ (b >>> 15), 0x85eb_ca6b)) & mask
    for (let at = index[slot]!; at !== 0; at = index[slot]!) {
      if (high[at - 1] === a && low[at - 1] === b) break
      slot = (slot + 1) & mask
    }
    return slot
  }
  const grow = () => {
    const larger = (old: Uint32Array<ArrayBuffer>) => {
      const made = new Uint32Array(size * 2)
      made.set(old)
      return made
    }
    high = larger(high)
    low = larger(low)
    combined = larger(combined)
    index = new Uint32Array(size * 8)
    for (let at = 0; at < size; at++) index[slotOf(high[at]!, low[at]!)] = at + 1
  }
  /** Place of a message; it is made where there is none. */
  const placeOf = (id: string): number => {
    const a = Number.parseInt(id.slice(0, 8), 16)
    const b = Number.parseInt(id.slice(8), 16)
    const slot = slotOf(a, b)
    const known = index[slot]!
    if (known !== 0) return known - 1
    if (size === high.length) {
      grow()
      return placeOf(id)
    }
    high[size] = a
    low[size] = b
    size += 1
    index[slot] = size
    return size - 1
  }
  const extended = (combination: number, label: string): number => {
    const { labels, more } = combinations[combination]!
    if (labels.includes(label)) return combination
    const known = more.get(label)
    if (known !== undefined) return known
    combinations.push({ labels: [...labels, label], more: new Map() })
    more.set(label, combinations.length - 1)
    return combinations.length - 1
  }

  return {
    add(id) {
      if (usual.test(id)) placeOf(id)
      else if (!others.has(id)) others.set(id, 0)
    },
    label(id, label) {
      if (usual.test(id)) {
        const at = placeOf(id)
        combined[at] = extended(combined[at]!, label)
      } else others.set(id, extended(others.get(id) ?? 0, label))
    },
    *entries() {
      const hex = (half: number) => half.toString(16).padStart(8, '0')
      for (let at = 0; at < size; at++) yield [hex(high[at]!) + hex(low[at]!), combinations[combined[at]!]!.labels]
      for (const [id, combination] of others) yield [id, combinations[combination]!.labels]
    },
  }
}

interface Combination {
  readonly labels: readonly string[]
  /** The place of the combination with one label more. */
  readonly more: Map<string, number>
}

const usual = /^[0-9a-f]{16}$/

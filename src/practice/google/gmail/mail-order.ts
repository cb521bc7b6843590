import type { MailMessage } from './mailbox-model.ts'

type Place = Pick<MailMessage, 'internalDate' | 'number'>

const newestFirst = (a: Place, b: Place): number => b.internalDate - a.internalDate || b.number - a.number

/** Messages in the order of `messages.list`. */
export interface MailOrder {
  add(message: MailMessage): void
  remove(message: MailMessage): void
  scan(after?: readonly [internalDate: number, number: number]): Generator<MailMessage>
}

export function createMailOrder(): MailOrder {
  const sorted: MailMessage[] = []
  /** Added since it was last in order. */
  let added: MailMessage[] = []
  const settle = () => {
    if (added.length === 0) return
    for (const message of added) sorted.push(message)
    added = []
    sorted.sort(newestFirst)
  }
  /** Index of the first one at or behind a place. */
  const find = (place: Place): number => {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (newestFirst(sorted[middle]!, place) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
  return {
    add: (message) => void added.push(message),
    remove(message) {
      settle()
      const at = find(message)
      if (sorted[at] === message) sorted.splice(at, 1)
    },
    *scan(after) {
      settle()
      let at = after === undefined ? 0 : find({ internalDate: after[0], number: after[1] - 0.5 })
      for (let message = sorted[at]; message !== undefined; at += 1, message = sorted[at]) yield message
    },
  }
}

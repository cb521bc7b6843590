import type { FaultAction } from '../../src/practice/serving/faults.ts'
import type { Fault } from '../contracts/source.ts'

/** A fault of the contract as what a practice service does. `reason` is the service's own word for a status. */
export function faultAction(fault: Fault, reason?: (status: number) => string): FaultAction {
  switch (fault.kind) {
    case 'status':
      return { status: fault.status, ...(reason !== undefined && { reason: reason(fault.status) }) }
    case 'cut':
      return { cutAfter: fault.bytes }
    case 'stall':
      return { stallAfter: fault.bytes }
    case 'garble':
      return { wrongBytes: true }
    case 'html':
      return { htmlPage: true }
    case 'no-range':
      return { ignoreRange: true }
    case 'bad-cursor':
      throw new Error('no fault of an answer: each harness lets its tokens die by itself')
  }
}

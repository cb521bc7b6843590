import type { Clock } from '../core/clock.ts'
import type { Reporter } from '../core/events.ts'
import type { Budget, Provider } from '../core/provider.ts'
import type { Credentials, Transport } from '../core/transport.ts'
import type { Bandwidth } from './bandwidth.ts'
import type { Connectivity } from './connectivity.ts'
import type { Network } from './network.ts'

export interface TransportLimits {
  /** How long one request is tried again, in milliseconds of trying and waiting. Default 5 minutes. */
  readonly retryForMs?: number
  /** How long a connection may bring no byte. Default 60 s. */
  readonly stallMs?: number
  /** How long the run waits while nothing at all answers. Default 12 hours. */
  readonly offlineForMs?: number
  /** First step of the exponential backoff. Default 1 s. */
  readonly backoffMs?: number
}

export interface TransportOptions {
  /** The account's name, for events. */
  readonly account: string
  readonly network: Network
  readonly budgets: readonly Budget[]
  readonly credentials?: Credentials
  readonly credentialOrigins: readonly string[]
  readonly explain: Provider['explain']
  /** One for all accounts of a run. */
  readonly connectivity: Connectivity
  /** One for all accounts of a run. */
  readonly bandwidth?: Bandwidth
  readonly clock: Clock
  readonly emit: Reporter
  /** Ends every request and every wait; its reason is what they throw. */
  readonly signal: AbortSignal
  readonly limits?: TransportLimits
}

/** The one way to the network for an account. */
export declare function createTransport(options: TransportOptions): Transport

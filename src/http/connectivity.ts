import type { Clock } from '../core/clock.ts'
export interface Connectivity {
  readonly paused: boolean
}
export declare function createConnectivity(options: { readonly clock: Clock }): Connectivity

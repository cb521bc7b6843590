/** A clock for two processes that goes `speed` times as fast as the real one since `began`. */
export interface QuickClock {
  readonly began: number
  readonly speed: number
}

export const quickNow = ({ began, speed }: QuickClock): number => began + (Date.now() - began) * speed

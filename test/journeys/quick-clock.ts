/** A clock for the program and a practice service: at the real time `began` it is `start`, and goes `speed` times as fast from then on. */
export interface QuickClock {
  readonly began: number
  readonly start: number
  readonly speed: number
}

export const quickNow = ({ began, start, speed }: QuickClock): number => start + (Date.now() - began) * speed

import { randomBytes, randomInt } from 'node:crypto'

export interface DeviceRequest {
  readonly userCode: string
  readonly scopes: readonly string[]
  readonly expiresAt: number
  polledAt: number | undefined
  interval: number
  /** `undefined`: nobody has decided yet. */
  decision: { readonly user: string } | 'denied' | undefined
}

export interface Devices {
  start(scopes: readonly string[]): { deviceCode: string; userCode: string; expiresIn: number; interval: number }
  byUserCode(code: string): DeviceRequest | undefined
  byDeviceCode(code: string): DeviceRequest | undefined
  waiting(): DeviceRequest[]
  forget(deviceCode: string): void
}

/** "Device code expires in 15 minutes"; "Poll every 5 seconds": github.com/zoom/skills, skills/oauth/concepts/oauth-flows.md */
const life = 900
const interval = 5

export function createDevices(now: () => number): Devices {
  const requests = new Map<string, DeviceRequest>()
  return {
    start(scopes) {
      const deviceCode = randomBytes(33).toString('base64url')
      const letters = () => Array.from({ length: 4 }, () => 'BCDFGHJKLMNPQRSTVWXZ'[randomInt(20)]).join('')
      const userCode = `${letters()}-${letters()}`
      requests.set(deviceCode, {
        userCode,
        scopes,
        expiresAt: now() + life * 1000,
        polledAt: undefined,
        interval,
        decision: undefined,
      })
      return { deviceCode, userCode, expiresIn: life, interval }
    },
    byUserCode: (code) => [...requests.values()].find((request) => request.userCode === code && request.expiresAt > now()),
    byDeviceCode: (code) => requests.get(code),
    waiting: () => [...requests.values()].filter(({ decision, expiresAt }) => decision === undefined && expiresAt > now()),
    forget: (deviceCode) => requests.delete(deviceCode),
  }
}

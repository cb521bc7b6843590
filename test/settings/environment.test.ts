import { expect, test } from 'vitest'
import { readEnvironment, secretOf, secretVariable } from '../../src/settings/environment.ts'

test.each([
  ['linux', {}, '/home/a', '/home/a/.config/holdall'],
  ['linux', { XDG_CONFIG_HOME: '/x' }, '/home/a', '/x/holdall'],
  ['linux', { XDG_CONFIG_HOME: 'relative' }, '/home/a', '/home/a/.config/holdall'],
  ['freebsd', { XDG_CONFIG_HOME: '' }, '/home/a', '/home/a/.config/holdall'],
  ['darwin', { XDG_CONFIG_HOME: '/x' }, '/Users/a', '/Users/a/Library/Application Support/holdall'],
  ['win32', { APPDATA: 'C:\\Users\\a\\AppData\\Roaming' }, 'C:\\Users\\a', 'C:\\Users\\a\\AppData\\Roaming\\holdall'],
  ['win32', {}, 'C:\\Users\\a', 'C:\\Users\\a\\AppData\\Roaming\\holdall'],
  ['win32', { HOLDALL_HOME: 'D:\\h' }, 'C:\\Users\\a', 'D:\\h'],
  ['linux', { HOLDALL_HOME: '/h', XDG_CONFIG_HOME: '/x' }, '/home/a', '/h'],
] as const)('%s %j: the folder of %s is %s', (platform, env, home, folder) => {
  expect(readEnvironment({ env, home, platform }).folder).toBe(folder)
})

test('proxies: lower case wins, empty is not set', () => {
  const env = { https_proxy: 'http://a', HTTPS_PROXY: 'http://b', http_proxy: '', HTTP_PROXY: 'http://c', NO_PROXY: 'x,y' }
  expect(readEnvironment({ env, home: '/', platform: 'linux' }).proxy).toEqual({
    https: 'http://a',
    http: 'http://c',
    except: 'x,y',
  })
})

test('secrets of accounts', () => {
  expect(secretVariable('my-home-2', 'PASSWORD')).toBe('HOLDALL_MY_HOME_2_PASSWORD')
  expect(secretOf({ HOLDALL_A_CLIENT_SECRET: 's' }, 'a', 'CLIENT_SECRET')).toBe('s')
  expect(secretOf({ HOLDALL_A_PASSWORD: '' }, 'a', 'PASSWORD')).toBeUndefined()
})

import { z } from 'zod'
import type { Provider, SourceType } from '../../src/core/provider.ts'

const unused = (): never => {
  throw new Error('not used in these tests')
}

function source(id: string, settings: z.ZodObject): SourceType {
  return {
    id,
    title: { en: `Source ${id}`, ja: `取得元 ${id}` },
    holds: 'files',
    features: { changeFeed: false, resumable: false, checksums: [], sizes: false, lastingIds: false },
    cost: { page: { budget: 'x', units: 1, items: 1 }, part: [] },
    scopes: () => [],
    settings,
    shape: () => '',
    open: unused,
  }
}

const rest = { endpoints: unused, credentialOrigins: unused, budgets: [], explain: () => undefined, identify: unused }

/** Two providers of the two kinds of sign-in, with settings of every form, that exist in these tests only. */
export const someProviders: readonly Provider[] = [
  {
    ...rest,
    id: 'cloud',
    title: 'A cloud',
    signIn: {
      method: 'oauth',
      authorizationEndpoint: 'authorize',
      tokenEndpoint: 'token',
      identityScopes: [],
      parameters: {},
      rotates: false,
      explain: () => undefined,
    },
    guide: {
      questions: [],
      app: {
        before: { en: 'You make an app.', ja: 'アプリを作ります。' },
        steps: ({ sources, scopes, redirect }) => [
          {
            title: { en: 'Create it', ja: '作成する' },
            page: 'https://console.example.org',
            actions: [{ en: 'Choose "Desktop app".', ja: '「デスクトップ アプリ」を選びます。' }],
            copy: [...sources, ...scopes, redirect],
            source: 'https://docs.example.org',
          },
        ],
        readClient: (id) => ({ id }),
      },
    },
    settings: z.object({ tenant: z.string().default('common').describe('whose sign-in page is shown') }),
    sources: [
      source(
        'drive',
        z.object({
          exports: z
            .array(z.enum(['office', 'pdf']))
            .default(['office'])
            .describe('what documents are saved as'),
          trash: z.boolean().default(false).describe('take the trash too'),
        }),
      ),
      source('mail', z.object({})),
    ],
  },
  {
    ...rest,
    id: 'server',
    title: 'A server',
    signIn: { method: 'password' },
    settings: z
      .object({
        url: z.url().meta({ description: 'the address of the folder', examples: ['https://dav.example.org/home/'] }),
        username: z.string().meta({ description: 'your name there', examples: ['a123456'] }),
        insecure: z.boolean().default(false).describe('send the password without encryption'),
      })
      .refine((value) => value.insecure || !value.url.startsWith('http:'), {
        path: ['url'],
        message: 'a password would go over plain http',
      }),
    sources: [source('files', z.object({ depth: z.int().default(1).describe('folders at once') }))],
  },
]

/** Rate label of a method: https://developers.zoom.us/docs/api/rate-limits/ */
export type Label = 'Light' | 'Medium' | 'Heavy'

export type CallName =
  | 'users.me'
  | 'recordings.list'
  | 'recordings.get'
  | 'meetings.get'
  | 'meetings.list'
  | 'past_meetings.participants'
  | 'past_webinars.participants'
  | 'clips.list'
  | 'clips.download'

/** What a call needs: one of `scopes`, in the order in which a refusal names them. */
interface Needed {
  readonly label: Label
  readonly scopes: readonly string[]
}

/** https://developers.zoom.us/docs/integrations/oauth-scopes-granular/ and https://developers.zoom.us/docs/integrations/oauth-scopes/; labels from https://developers.zoom.us/docs/api/ */
export const calls: Readonly<Record<CallName, Needed>> = {
  'users.me': { label: 'Light', scopes: ['user:read:user', 'user:read:user:admin', 'user:read', 'user:read:admin'] },
  'recordings.list': {
    label: 'Medium',
    scopes: [
      'cloud_recording:read:list_user_recordings',
      'cloud_recording:read:list_user_recordings:admin',
      'recording:read',
      'recording:read:admin',
    ],
  },
  'recordings.get': {
    label: 'Light',
    scopes: [
      'cloud_recording:read:list_recording_files',
      'cloud_recording:read:list_recording_files:admin',
      'recording:read',
      'recording:read:admin',
    ],
  },
  'meetings.get': {
    label: 'Light',
    scopes: ['meeting:read:meeting', 'meeting:read:meeting:admin', 'meeting:read', 'meeting:read:admin'],
  },
  'meetings.list': {
    label: 'Medium',
    scopes: ['meeting:read:list_meetings', 'meeting:read:list_meetings:admin', 'meeting:read', 'meeting:read:admin'],
  },
  'past_meetings.participants': {
    label: 'Medium',
    scopes: [
      'meeting:read:list_past_participants',
      'meeting:read:list_past_participants:admin',
      'meeting:read',
      'meeting:read:admin',
    ],
  },
  'past_webinars.participants': {
    label: 'Medium',
    scopes: [
      'webinar:read:list_past_participants',
      'webinar:read:list_past_participants:admin',
      'webinar:read',
      'webinar:read:admin',
    ],
  },
  'clips.list': {
    label: 'Light',
    scopes: ['clips:read:list_user_clips', 'clips:read:list_user_clips:admin', 'clips:read', 'clips:read:admin'],
  },
  'clips.download': {
    label: 'Light',
    scopes: ['clips:read:download_clip', 'clips:read:download_clip:admin', 'clips:read', 'clips:read:admin'],
  },
}

/** What an app has besides that may read clips: https://developers.zoom.us/docs/api/clips/ */
export const clipScopes: readonly string[] = ['clips:read:list_user_clips', 'clips:read:download_clip']

/** The scopes that a user-managed app of today is given for a person's own recordings. */
export const granularScopes: readonly string[] = [
  'user:read:user',
  'cloud_recording:read:list_user_recordings',
  'cloud_recording:read:list_recording_files',
  'meeting:read:meeting',
  'meeting:read:list_past_participants',
  'webinar:read:list_past_participants',
]

/** The same rights of an app made before March 2024. */
export const classicScopes: readonly string[] = ['user:read', 'recording:read', 'meeting:read', 'webinar:read']

/** Whoever may list a recording's file may download it: there is no scope of its own. */
export const downloadScopes: readonly string[] = [...calls['recordings.list'].scopes, ...calls['recordings.get'].scopes]

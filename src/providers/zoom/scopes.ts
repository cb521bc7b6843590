/**
 * The rights that we need: Zoom's granular ones, the only ones that apps made since March 2024 can have
 * (https://developers.zoom.us/docs/integrations/oauth-scopes-granular/), those of a person for what is their own. There is no right for downloads:
 * who may list a recording may download it.
 */
export const scopes = {
  identity: ['user:read:user'],
  recordings: ['cloud_recording:read:list_user_recordings', 'cloud_recording:read:list_recording_files'],
  /** https://developers.zoom.us/docs/api/clips/ */
  clips: ['clips:read:list_user_clips', 'clips:read:download_clip'],
  /** Wanted, not needed: without them the lists of participants are left out. */
  participants: ['meeting:read:list_past_participants', 'webinar:read:list_past_participants'],
  /** Used where the app happens to have it: `holdall leave` names the meetings to come. https://developers.zoom.us/docs/api/meetings/ */
  scheduled: ['meeting:read:list_meetings'],
} as const

/** The older, broader right that includes each: https://developers.zoom.us/docs/integrations/oauth-scopes/ */
const classic: Readonly<Record<string, string>> = {
  'user:read:user': 'user:read',
  'cloud_recording:read:list_user_recordings': 'recording:read',
  'cloud_recording:read:list_recording_files': 'recording:read',
  'clips:read:list_user_clips': 'clips:read',
  'clips:read:download_clip': 'clips:read',
  'meeting:read:list_past_participants': 'meeting:read',
  'meeting:read:list_meetings': 'meeting:read',
  'webinar:read:list_past_participants': 'webinar:read',
}

/** Rights that say the same as `asked` or more: itself, the classic one, and both for an administrator's app. */
export function sameScopes(asked: string): readonly string[] {
  const old = classic[asked]
  const names = old === undefined ? [asked] : [asked, old]
  return names.flatMap((name) => [name, `${name}:admin`, `${name}:master`])
}

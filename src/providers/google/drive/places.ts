import type { Item } from '../../../core/item.ts'
import { choosesDrive, choosesRoot, type DriveSettings } from './settings.ts'

/** Ids of the folders that we make up; My Drive and each shared drive have real ids. */
export const place = {
  sharedWithMe: 'place:shared-with-me',
  sharedDrives: 'place:shared-drives',
  computers: 'place:computers',
  unorganised: 'place:unorganised',
  trash: 'place:trash',
} as const

const notChosen = 'not among the roots chosen in the settings'

function placeItem(id: string, name: string, chosen: boolean, parent?: string): Item {
  const rest = { ...(chosen ? {} : { excluded: notChosen }), ...(parent === undefined ? {} : { parent }) }
  return { id, kind: 'place', version: 'place', name, parts: [], details: {}, ...rest }
}

/** The places of the user's own stream. What lies in a root that is not chosen is excluded with its place. */
export function userPlaces(myDrive: string, settings: DriveSettings): Item[] {
  return [
    placeItem(myDrive, 'My Drive', choosesRoot(settings, 'my-drive')),
    placeItem(place.sharedWithMe, 'Shared with me', choosesRoot(settings, 'shared-with-me')),
    placeItem(place.sharedDrives, 'Shared drives', true),
    placeItem(place.computers, 'Computers', choosesRoot(settings, 'computers')),
    placeItem(place.unorganised, 'Unorganised', choosesRoot(settings, 'unorganised')),
    placeItem(place.trash, 'Trash', true),
  ]
}

/** The places of a shared drive's stream, whose top has the drive's own id; complete, so that it stands where the user's stream fails. */
export function drivePlaces({ id, name }: { readonly id: string; readonly name: string }, settings: DriveSettings): Item[] {
  return [
    placeItem(place.sharedDrives, 'Shared drives', true),
    placeItem(id, name, choosesDrive(settings, name), place.sharedDrives),
    placeItem(place.trash, 'Trash', true),
  ]
}

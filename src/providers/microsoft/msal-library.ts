import { Failure } from '../../core/failure.ts'
import type { LibraryParty, SignInLibrary } from '../../core/provider.ts'

export async function openMsal(_: LibraryParty): Promise<SignInLibrary> {
  throw new Failure('bug', 'signing in to Microsoft is being built')
}

/**
 * The same step, whose errors name the file: the file system's own do so only where a path was given to the very call that failed, not for reads and
 * writes of what is open, and a disk error of nobody knows which file helps no one.
 */
export async function naming<T>(file: string, step: Promise<T>): Promise<T> {
  try {
    return await step
  } catch (error) {
    const known = error as NodeJS.ErrnoException
    if (known instanceof Error && known.code !== undefined) known.path ??= file
    throw error
  }
}

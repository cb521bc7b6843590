import { statfs } from 'node:fs/promises'

/** File systems by the number that Linux gives them: https://man7.org/linux/man-pages/man2/statfs.2.html. Elsewhere the number says nothing. */
const names: Readonly<Record<number, string>> = {
  61267: 'ext4',
  1481003842: 'XFS',
  2435016766: 'Btrfs',
  801189825: 'ZFS',
  4076150800: 'F2FS',
  16914836: 'tmpfs',
  2035054128: 'overlay',
  26985: 'NFS',
  20859: 'SMB',
  4283649346: 'SMB',
  4266872130: 'SMB',
  19780: 'FAT32',
  538032816: 'exFAT',
  1936094318: 'NTFS',
  1397118030: 'NTFS',
  1702057286: 'FUSE',
  16914839: '9P',
}

/** Bytes: https://learn.microsoft.com/en-us/windows/win32/fileio/filesystem-functionality-comparison */
export const largestOnFat = 2 ** 32 - 1

/** What the system says of the file system that holds `folder`. Cloud drives and network shares may say anything about free space. */
export async function fileSystemOf(
  folder: string,
  platform: NodeJS.Platform,
): Promise<{ readonly freeBytes: number; readonly name?: string; readonly largestFile?: number }> {
  const stats = await statfs(folder, { bigint: true })
  // Counts are in units of `frsize` where that differs; the types do not know it yet.
  const unit = 'frsize' in stats && typeof stats.frsize === 'bigint' && stats.frsize > 0n ? stats.frsize : stats.bsize
  const name = platform === 'linux' ? names[Number(BigInt.asUintN(32, stats.type))] : undefined
  return {
    freeBytes: Number(stats.bavail * unit),
    ...(name !== undefined && { name }),
    ...(name === 'FAT32' && { largestFile: largestOnFat }),
  }
}

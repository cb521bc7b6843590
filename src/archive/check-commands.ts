/** How to compare every file of the archive with its checksum using only what the system has. Run in the archive's folder; nothing to see means all is well. */
export const checkCommands = {
  linux: 'sha256sum --quiet -c manifest-sha256.txt && sha256sum --quiet -c tagmanifest-sha256.txt && echo all is well',
  mac: "shasum -a 256 -c manifest-sha256.txt | grep -v ': OK$'; shasum -a 256 -c tagmanifest-sha256.txt | grep -v ': OK$'",
  windows: `Get-Content -Encoding UTF8 manifest-sha256.txt, tagmanifest-sha256.txt | ForEach-Object {
  $sum, $path = $_ -split '  ', 2
  if ((Get-FileHash -Algorithm SHA256 -LiteralPath $path).Hash -ne $sum) { "damaged: $path" }
}`,
} as const

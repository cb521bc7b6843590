/** An organisation's profile, shown before it is kept. */
export const profile = {
  shown: (name: string, address: string) => `The profile of ${name}, from ${address}, says:`,
  page: (address: string) => `Page for those who leave: ${address}`,
  help: (text: string) => `Help: ${text}`,
  lastDay: (day: string) => `Last day: ${day}`,
  settings: (account: string) => `For accounts at ${account} it brings these settings (yours win where you have your own):`,
  widened: (rights: string) => `The profile’s settings ask for wider rights to read than usual: ${rights}`,
  nothing: 'It brings no settings, only facts to show.',
  kept: 'It is fetched this once and kept; what the server says later changes nothing.',
  ask: 'Do you trust where this comes from, and want to use it? [y/N] ',
}

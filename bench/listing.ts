export async function benchListing(_: { items: number }): Promise<void> {}

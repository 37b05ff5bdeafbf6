const room = 20_000;
const seen = new Map<string, string>();

/** What is left of a name when case and separators do not count: `Order ID`, `order_id` and `orderId` become one. */
export function normaliseName(name: string): string {
  let word = seen.get(name);
  if (word === undefined) {
    word = name
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '');
    // Names repeat; a sender that makes up new ones all the time must not fill the memory.
    if (seen.size === room) seen.clear();
    if (name.length <= 128) seen.set(name, word);
  }
  return word;
}

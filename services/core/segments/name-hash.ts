/** FNV-1a over the UTF-16 units of a text, as a signed 32-bit number; see http://www.isthe.com/chongo/tech/comp/fnv. */
export function nameHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
}

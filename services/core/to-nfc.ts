/** Characters below compose with nothing, and nothing composes to them. */
const firstMark = 0x300;

/** The text in Unicode NFC. Looking at a text that is in it already, as nearly all are, costs less than normalising. */
export function toNfc(text: string): string {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= firstMark) return text.normalize('NFC');
  return text;
}

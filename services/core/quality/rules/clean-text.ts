/** The text in Unicode NFC without white space around it. */
export function cleanText(text: string): string {
  return text.normalize('NFC').trim();
}

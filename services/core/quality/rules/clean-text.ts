import { toNfc } from '../../to-nfc.ts';

/** The text in Unicode NFC without white space around it. */
export function cleanText(text: string): string {
  return toNfc(text).trim();
}

const quote = 0x22;
const backslash = 0x5c;
const firstPrintable = 0x20;
const lastPlain = 0x7e;
/** Up to here looking at each character costs less than the call into the runtime. */
const longestLooked = 64;

/** A text as `JSON.stringify` writes it. */
export function quoteText(text: string): string {
  return text.length <= longestLooked && isPlain(text) ? `"${text}"` : JSON.stringify(text);
}

/** Whether it is ASCII that needs no escape. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < firstPrintable || code > lastPlain || code === quote || code === backslash) return false;
  }
  return true;
}

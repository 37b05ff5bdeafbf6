/**
 * The JSON in `data=…` of a form, as browsers send it: plain, or base64 of UTF-8. Any other text as it stands. (Browsers
 * that compress send the bytes themselves, and those are known by their first two.)
 */
export function openForm(text: string): string {
  if (!text.startsWith('data=')) return text;
  const data = new URLSearchParams(text).get('data') ?? '';
  if (data.startsWith('{') || data.startsWith('[')) return data;
  // A form turns the plus signs of base64 into spaces.
  return Buffer.from(data.replaceAll(' ', '+'), 'base64').toString('utf8');
}

import { resolve } from 'node:path';

/** The top folder of this checkout; scripts work on it from whatever directory they are called. */
export const checkoutRoot = resolve(import.meta.dirname, '..');

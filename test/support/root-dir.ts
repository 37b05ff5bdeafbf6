import { fileURLToPath } from 'node:url';

/** Root of the checkout. */
export const rootDir = fileURLToPath(new URL('../..', import.meta.url));

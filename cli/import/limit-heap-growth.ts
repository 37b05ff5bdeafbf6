import { setFlagsFromString } from 'node:v8';

/**
 * Has the process collect its garbage once the heap has grown by a third over what was alive last, and not by several
 * times that: an import makes little that lives and much that does not, for as long as the file is, beside whatever else
 * the machine runs.
 */
export function limitHeapGrowth(): void {
  setFlagsFromString('--heap-growing-percent=33');
}

import type * as Ring from '../../../../services/core/features/recent-ring.ts';

/** A ring that remembers nothing and costs nothing; every export of the one it stands for. */
export const recentRingSize: (typeof Ring)['recentRingSize'] = 64;

export const recentHash: (typeof Ring)['recentHash'] = () => 0;

export const hasRecent: (typeof Ring)['hasRecent'] = () => false;

export const pushRecent: (typeof Ring)['pushRecent'] = () => undefined;

export const newestRecent: (typeof Ring)['newestRecent'] = () => 0;

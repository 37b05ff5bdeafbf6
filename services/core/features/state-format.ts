/**
 * Version of the packed state: its first byte. Every version ever written stays readable, and the next write of a
 * customer stores this one; there is no step in which all states are rewritten.
 *
 * Version 3, all numbers as varints (7 bits per byte, lowest first), signed ones zig-zag:
 *
 *     3, flags, closedDay (signed)
 *     [sealedRef: key id (length, UTF-8), sealed (length, bytes)]
 *     [lastScore: rank of the level, churn90 (double, little endian), receivedAt (signed), body (length, bytes)]
 *     number of blocks, per block:
 *       1 if it has a constituent, then that as 16 bytes, else 0
 *       number of marks, per mark: epoch, partition, offset
 *       number of ring hashes, 7 bytes each (little endian)
 *       asOf (signed)
 *       revision of the feature set
 *       number of tiles, per tile: (days since the tile before) * 2 + (1 if it has cancellations),
 *         purchases, spend, [cancellations, cancelled]; the first tile counts its days from asOf, backwards
 *       number of purchase days, the first one as days before asOf (signed), then days since the one before
 *       lifetime purchases, spend, cancellations, cancelled
 *       0, or 1 and firstDay as days before asOf (signed)
 *
 *       0, or 1 and the signals:
 *         number of tiles, per tile: (days since the tile before) * 2 + (1 if it has steps of cases),
 *           number of counts, per count: its counter as the distance to the one before (the first: itself), the count
 *           [number of steps, the first one, then distances]; the first tile counts its days from asOf, backwards
 *         number of lifetime counts, as in a tile
 *         number of contract ends, the first one as days before asOf (signed), then days since the one before
 *
 *     [segments (length, bytes), where the flags name them]
 *
 * Version 2 ends each block before the signals and has no segments; version 1 lacks the revision, too. The state's own
 * version number is stored beside these bytes.
 */
export const stateFormatVersion = 3;

export const stateFlags = { withheld: 1, erased: 2, sealedRef: 4, lastScore: 8, segments: 16 } as const;

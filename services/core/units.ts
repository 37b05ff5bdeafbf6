/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;
/** Length of time in milliseconds. */
export type DurationMs = number;
/** Whole days since 1970-01-01 in the tenant's business calendar. */
export type EpochDay = number;
/** Whole minor units (cents, pence) of one currency; always a safe integer, never a fraction. */
export type MinorUnits = number;
/** Pseudonymous customer id: 32 lower-case hex digits. */
export type Surrogate = string;

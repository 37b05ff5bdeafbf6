import type { ApiRole } from '../../core/api-role.ts';

/** One token that opens the API, and for whom. */
export interface BearerToken {
  /** SHA-256 of the token, hex. */
  readonly hash: string;
  readonly tenant: string;
  /** What the installation calls it; stands for whoever uses it where they do not name themselves. */
  readonly name?: string;
  /** None when absent. */
  readonly roles?: readonly ApiRole[];
}

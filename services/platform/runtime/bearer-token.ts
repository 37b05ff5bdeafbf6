/** One token that opens the API, and for whom. */
export interface BearerToken {
  /** SHA-256 of the token, hex. */
  readonly hash: string;
  readonly tenant: string;
}

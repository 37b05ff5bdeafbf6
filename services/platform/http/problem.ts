/** An error as HTTP answers it (RFC 9457). */
export interface Problem {
  /** `urn:tidewatch:error:<CODE>`, or `about:blank` where the status says all there is. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The engine's error code; absent where `type` is `about:blank`. */
  readonly code?: string;
}

export const problemContentType = 'application/problem+json; charset=utf-8';

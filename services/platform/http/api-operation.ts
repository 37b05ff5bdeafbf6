import type { z } from 'zod';

/** What one method of one path takes and answers; read by `/openapi.json` alone, never by the server. */
export interface ApiOperation {
  readonly summary: string;
  readonly description?: string;
  readonly tag: string;
  /** `open` to everybody, `token`: an API token of the installation, `writeKey`: whoever may send events. */
  readonly access: 'open' | 'token' | 'writeKey';
  readonly path?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  readonly body?: ApiBody;
  /** By status. */
  readonly answers: Readonly<Record<number, ApiAnswer>>;
  /** Statuses answered with a problem body, besides the 401 that follows from `access`. */
  readonly problems?: readonly number[];
}

export interface ApiBody {
  readonly schema: z.ZodType;
  /** `application/json` where nothing is said. */
  readonly mediaTypes?: readonly string[];
}

export interface ApiAnswer {
  readonly description: string;
  /** Absent where the answer has no body. */
  readonly schema?: z.ZodType;
  readonly mediaType?: string;
  readonly headers?: z.ZodObject;
}

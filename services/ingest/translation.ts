import type { JsonObject } from './json-object.ts';

/** Everything besides the event itself that `Dialect.translate` was called with. */
export interface Translation {
  /** Name of the dialect. */
  readonly dialect: string;
  readonly call: string;
  readonly share: JsonObject;
}

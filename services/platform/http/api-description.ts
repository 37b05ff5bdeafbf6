import type { ApiOperation } from './api-operation.ts';

/** What a service says of its own routes. */
export interface ApiDescription {
  readonly title: string;
  readonly description: string;
  /** By method and path, as `GET /v1/tasks/{id}`: one entry per route besides health, metrics and this document. */
  readonly operations: Readonly<Record<string, ApiOperation>>;
}

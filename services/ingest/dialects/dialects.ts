import type { Dialect } from './dialect.ts';
import { segmentDialect } from './segment/segment-dialect.ts';

/** Every protocol that ingest serves. */
export const dialects: readonly Dialect[] = [segmentDialect];

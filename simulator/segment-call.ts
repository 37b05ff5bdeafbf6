import type { DemoSource } from './customer.ts';

/** Marks a call that belongs to the imported past: it changes features and scores but opens no task. */
export interface ImportMark {
  readonly importId: string;
}

/** One call of the Segment client, as data: what to send, from which source, and as which message. */
export interface SegmentCall {
  readonly source: DemoSource;
  readonly messageId: string;
  readonly userId: string;
  readonly timestamp: string;
  readonly body:
    | { readonly type: 'identify'; readonly traits: Readonly<Record<string, string | number | boolean>> }
    | { readonly type: 'page'; readonly name: string }
    | {
        readonly type: 'track';
        readonly event: string;
        readonly properties: Readonly<Record<string, string | number | boolean>>;
      };
  readonly imported: ImportMark | null;
}

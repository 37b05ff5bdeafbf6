import type { LifeEvent } from './life-event.ts';
import type { ImportMark, SegmentCall } from './segment-call.ts';

export interface CallContext {
  /** Distinguishes runs, so that a second run's messages are not duplicates of the first one's. */
  readonly runId: string;
  readonly currency: string;
  readonly imported: ImportMark | null;
}

/** What the demo shop's own integration would send for this event. */
export function toSegmentCall(event: LifeEvent, context: CallContext): SegmentCall {
  return {
    source: event.source,
    messageId: `${context.runId}-${event.customerId}-${event.number}`,
    userId: event.customerId,
    timestamp: new Date(event.at).toISOString(),
    body: toBody(event, context.currency),
    imported: context.imported,
  };
}

function toBody(event: LifeEvent, currency: string): SegmentCall['body'] {
  switch (event.what) {
    case 'joined':
      return {
        type: 'identify',
        traits: { email: `${event.customerId}@example.test`, createdAt: new Date(event.at).toISOString() },
      };
    case 'page-viewed':
      return { type: 'page', name: event.page };
    case 'order-placed':
      return track('Order Completed', { ...money(event, currency), units: event.units, channel: event.source });
    case 'order-cancelled':
      return track('Order Cancelled', { ...money(event, currency), channel: event.source });
    case 'case-opened':
      return track('case.opened', { subject: event.subject });
    case 'survey-answered':
      return track('survey.answered', { score: event.score, surveyKind: 'nps' });
  }
}

function track(event: string, properties: Record<string, string | number | boolean>): SegmentCall['body'] {
  return { type: 'track', event, properties };
}

function money(order: { orderId: string; totalMinor: number }, currency: string): Record<string, string | number> {
  return { orderId: order.orderId, total: order.totalMinor / 100, currency };
}

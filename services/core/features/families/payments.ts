import { signalFamily, sumIn, timeSince } from '../signals/signal-feature.ts';

/** Payments that failed. */
export const payments = signalFamily('Payments', '`payment.failed`.', [
  sumIn('payments_failed', 'paymentFailures', 90, 'Failed payments'),
  timeSince('payment_failed_days_ago', 'paymentFailures', 'failed payment'),
]);

import { changeIn, signalFamily, sumIn, timeSince } from '../signals/signal-feature.ts';

/** How much the customer uses what the business offers. */
export const usage = signalFamily(
  'Usage',
  '`session.started`, `login`, `feature.used`, `product.viewed`. Views of pages are not read: sessions tell of them.',
  [
    sumIn('sessions', 'sessions', 30, 'Sessions'),
    sumIn('sessions', 'sessions', 90, 'Sessions'),
    sumIn('logins', 'logins', 30, 'Log-ins'),
    sumIn('logins', 'logins', 90, 'Log-ins'),
    sumIn('features_used', 'featuresUsed', 30, 'Uses of features'),
    sumIn('features_used', 'featuresUsed', 90, 'Uses of features'),
    sumIn('product_views', 'productViews', 30, 'Views of products'),
    sumIn('product_views', 'productViews', 90, 'Views of products'),
    changeIn('sessions_change', ['sessions'], 30, 'Sessions'),
    changeIn('logins_change', ['logins'], 30, 'Log-ins'),
    changeIn('features_used_change', ['featuresUsed'], 30, 'Uses of features'),
    changeIn(
      'usage_change',
      ['sessions', 'logins', 'featuresUsed', 'productViews'],
      90,
      'Sessions, log-ins, uses and views',
    ),
    timeSince('session_days_ago', 'sessions', 'session'),
    timeSince('login_days_ago', 'logins', 'log-in'),
  ],
);

import type { AlertRule } from './alert-rule.ts';
import { ingestAlerts } from './ingest-alerts.ts';
import { scoringAlerts } from './scoring-alerts.ts';
import { serviceAlerts } from './service-alerts.ts';
import { storageAlerts } from './storage-alerts.ts';
import { streamAlerts } from './stream-alerts.ts';
import { taskAlerts } from './task-alerts.ts';

/** Every alert about the health of the system, by the group of rules that evaluates it. */
export const systemAlerts: Readonly<Record<string, readonly AlertRule[]>> = {
  services: serviceAlerts,
  stream: streamAlerts,
  scoring: scoringAlerts,
  ingest: ingestAlerts,
  tasks: taskAlerts,
  storage: storageAlerts,
};

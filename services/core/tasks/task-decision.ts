import type { MuteReason } from './retention-task.ts';

/** What happened to a task, or did not; counted by observers. */
export type TaskDecision =
  | { readonly kind: 'opened' | 'updated' | 'ended' | 'warned' | 'breached' | 'escalated'; readonly playbook: string }
  | { readonly kind: 'suppressed'; readonly playbook: string; readonly why: MuteReason | 'historical' };

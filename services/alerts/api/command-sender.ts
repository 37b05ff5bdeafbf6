import type { CommandFault } from '../../core/commands/command-fault.ts';
import type { RetentionCommand } from '../../core/commands/retention-command.ts';

/** Writes a command to its log and waits a little for what becomes of it; `pending` where that is not known yet. */
export interface CommandSender {
  send(command: RetentionCommand): Promise<{
    kind: 'applied' | 'refused' | 'pending';
    fault: CommandFault | null;
  }>;
}

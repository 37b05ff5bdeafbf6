import { createRequire } from 'node:module';

/** The parts of the client's group that are used here. */
interface ConsumerGroup {
  readonly memberId: string | null;
}

interface Heartbeats {
  heartbeat: (this: ConsumerGroup, options: unknown) => Promise<void>;
}

/** UNKNOWN_MEMBER_ID of the protocol. */
const unknownMemberCode = 25;
const require = createRequire(import.meta.url);
let isInstalled = false;

/**
 * kafkajs 2.2.4 forgets its member id when the coordinator does, and joins anew. When that fails (a broker that comes
 * back answers "the group coordinator is not available" for a moment), it goes on to fetch what it owned before, and
 * sends no heartbeat ever again, since a heartbeat needs a member id: an idle consumer then never joins again. With this,
 * a heartbeat without a member id fails as it would at the broker, and the client joins until it is in. Safe to call more
 * than once.
 */
export function fixLostMembership(): void {
  if (isInstalled) return;
  isInstalled = true;
  const { prototype } = require('kafkajs/src/consumer/consumerGroup') as { prototype: Heartbeats };
  const { createErrorFromCode } = require('kafkajs/src/protocol/error') as {
    createErrorFromCode: (code: number) => Error;
  };
  const original = prototype.heartbeat;
  prototype.heartbeat = async function heartbeat(options) {
    if (this.memberId === null) throw createErrorFromCode(unknownMemberCode);
    await original.call(this, options);
  };
}

import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { fixLostMembership } from '../../../../services/platform/kafka/lost-membership-fix.ts';

interface Group {
  memberId: string | null;
  heartbeat(options: { interval: number }): Promise<void>;
}

const require = createRequire(import.meta.url);

describe('a consumer whose group has forgotten it', () => {
  const group = (memberId: string | null, beats: string[]): Group => {
    fixLostMembership();
    const ConsumerGroup = require('kafkajs/src/consumer/consumerGroup') as new (options: object) => Group & {
      coordinator: object;
      instrumentationEmitter: object;
      lastRequest: number;
    };
    const consumer = new ConsumerGroup({
      logger: { namespace: () => undefined },
      instrumentationEmitter: { emit: () => undefined },
      topics: [],
      topicConfigurations: {},
    });
    consumer.coordinator = { heartbeat: (sent: { memberId: string }) => Promise.resolve(beats.push(sent.memberId)) };
    consumer.lastRequest = 0;
    consumer.memberId = memberId;
    return consumer;
  };

  it('fails at its next heartbeat as it would at the broker, so that the client joins again', async () => {
    const beats: string[] = [];
    await expect(group(null, beats).heartbeat({ interval: 100 })).rejects.toMatchObject({ type: 'UNKNOWN_MEMBER_ID' });
    expect(beats).toEqual([]);
  });

  it('sends its heartbeats while it is a member', async () => {
    const beats: string[] = [];
    await group('member-1', beats).heartbeat({ interval: 100 });
    expect(beats).toEqual(['member-1']);
  });
});

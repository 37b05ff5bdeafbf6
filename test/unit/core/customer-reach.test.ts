import { describe, expect, it } from 'vitest';
import { surrogateId } from '../../../services/core/identity/surrogate-id.ts';
import { findOwnId } from '../../../services/core/identity/find-own-id.ts';
import { customerReach, unknownReach } from '../../../services/core/profile/customer-reach.ts';
import type { ProfileEntry, ProfileValue } from '../../../services/core/profile/profile-entry.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';

function said(name: string, value: string | ProfileValue, occurredAt = 1): ProfileEntry {
  const origin = {
    source: 's',
    importId: null,
    channel: 'web',
    eventId: `e${occurredAt}`,
    occurredAt,
    receivedAt: 1,
    keyId: 'k',
  };
  return { name, origin, value: typeof value === 'string' ? { kind: 'sealed', bytes: Buffer.from(value) } : value };
}

const open = ({ value }: ProfileEntry) => {
  if (value.kind === 'clear') return value.value === null ? null : String(value.value);
  return value.kind === 'sealed' ? value.bytes.toString() : undefined;
};
const reach = (...entries: ProfileEntry[]) => customerReach(entries, open);

describe('how a customer can be reached', () => {
  it('is what the profile says, under whatever name', () => {
    const found = reach(
      said('emailAddress', 'ada@example.org'),
      said('手机号', '+441632960961'),
      said('Time-Zone', 'Asia/Shanghai'),
      said('locale', { kind: 'clear', value: 'zh-CN' }),
      said('plan', 'gold'),
    );
    expect(found).toEqual({
      email: 'ada@example.org',
      phone: '+441632960961',
      timezone: 'Asia/Shanghai',
      language: 'zh-CN',
    });
  });

  it('is what was said last, of names that mean the same', () => {
    const entries = [said('email', 'old@example.org', 1), said('mail', 'new@example.org', 2)];
    expect(reach(...entries).email).toBe('new@example.org');
    expect(reach(...entries.toReversed()).email).toBe('new@example.org');
    expect(reach(...entries, said('emailAddress', '  ', 3)).email).toBe('new@example.org');
  });

  it('is not known from what cannot be read, was taken back, or says nothing', () => {
    expect(
      reach(
        said('email', { kind: 'large' }),
        said('phone', { kind: 'retracted' }),
        said('language', { kind: 'clear', value: null }),
      ),
    ).toEqual(unknownReach);
    expect(reach()).toEqual(unknownReach);
  });
});

describe('the own id behind a surrogate', () => {
  const pseudonymKey = Buffer.alloc(32, 3);
  const of = (idType: string, id: string) => surrogateId(nodeDigest, pseudonymKey, idType, id);
  const find = (candidates: (string | null)[], surrogate: string) =>
    findOwnId(candidates, surrogate, { digest: nodeDigest, pseudonymKey });

  it('is the candidate that leads there, as the kind of id that it is', () => {
    expect(find(['42'], of('user', '42'))).toEqual({ idType: 'user', id: '42' });
    expect(find(['a-1'], of('anonymous', 'a-1'))).toEqual({ idType: 'anonymous', id: 'a-1' });
    expect(find([null, 'x', ' Ada@Example.org '], of('user', 'ada@example.org'))).toEqual({
      idType: 'user',
      id: 'ada@example.org',
    });
  });

  it('is none where no candidate leads there', () => {
    expect(find(['43', 'guest', null], of('user', '42'))).toBeNull();
    expect(find([], of('user', '42'))).toBeNull();
  });
});

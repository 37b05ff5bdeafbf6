import { describe, expect, it } from 'vitest';
import { digestCounting } from '../../../../services/core/kpis/digest-counting.ts';
import { nodeDigest } from '../../../../services/platform/crypto/node-digest.ts';
import { readKpis } from '../../../../services/platform/runtime/read-kpis.ts';

const { counting } = (await readKpis(null)).document;
const digest = (changed: Partial<typeof counting> = {}) => digestCounting({ ...counting, ...changed }, nodeDigest);

describe('the digest of counting rules', () => {
  it('is the same for the same rules, in whatever order they are written', () => {
    const { online_channels, winback_playbooks, attribution_days, cross_sell_words } = counting;
    const reversed = {
      cross_sell_words: [...cross_sell_words].reverse(),
      attribution_days,
      winback_playbooks: [...winback_playbooks, winback_playbooks[0]],
      online_channels: [...online_channels].reverse(),
    };
    expect(digestCounting(reversed, nodeDigest)).toBe(digest());
    expect(digest()).toMatch(/^[0-9a-f]{16}$/);
  });

  it('is another one for each rule that counts something else', () => {
    const others = [
      { attribution_days: 31 },
      { online_channels: counting.online_channels.slice(1) },
      { winback_playbooks: [] },
      { cross_sell_words: ['cross,交叉'] },
      { winback_playbooks: counting.cross_sell_words, cross_sell_words: counting.winback_playbooks },
    ].map(digest);
    expect(new Set([digest(), ...others]).size).toBe(6);
  });
});

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkoutRoot } from '../../../scripts/checkout-root.ts';

describe('npm run service', () => {
  it.each([[[]], [['console']], [['ingest', 'scorer']]])('refuses %j, naming the three services', (args) => {
    const call = [join(checkoutRoot, 'scripts', 'service.ts'), ...args];
    const { status, stderr } = spawnSync(process.execPath, call, { encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toContain('ingest|scorer|alerts');
  });
});

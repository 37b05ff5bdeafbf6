import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../../../scripts/exit-code.ts';
import { chooseStack } from '../../../../scripts/stack/choose-stack.ts';
import { externalStack } from '../../../../scripts/stack/providers/external-stack.ts';
import { createUnservedStack } from '../../../../scripts/stack/providers/unserved-stack.ts';
import type { StackContext, StackProvider } from '../../../../scripts/stack/stack-provider.ts';

const external = {
  KAFKA_BROKERS: 'broker:9092',
  SCHEMA_REGISTRY_URL: 'http://registry:8081',
  REDIS_URL: 'redis://store:6379',
};

function aContext(env: StackContext['env'] = {}): StackContext {
  return { root: '/nowhere', env, data: 'kept', log: () => undefined };
}

function aLocalStack(available: boolean, reason: string): StackProvider {
  return {
    mode: 'local',
    probe: () => Promise.resolve({ available, reason }),
    start: () => Promise.reject(new Error('a test starts nothing')),
  };
}

const withJava = aLocalStack(true, 'Java 21 and Maven are here');
const withoutJava = aLocalStack(false, 'The local stack needs Java 17 or newer.');
const rest = [createUnservedStack('docker'), createUnservedStack('embedded')];

describe('the choice of a stack', () => {
  it('falls on the external one when its three variables are set', async () => {
    const choice = await chooseStack([externalStack, withJava, ...rest], aContext(external));
    expect(choice.provider.mode).toBe('external');
    expect(choice.reason).toBe('KAFKA_BROKERS, SCHEMA_REGISTRY_URL and REDIS_URL are set');
  });

  it('falls on the local one when none is set and the machine can run it', async () => {
    const choice = await chooseStack([externalStack, withJava, ...rest], aContext());
    expect(choice.provider.mode).toBe('local');
    expect(choice.reason).toBe('Java 21 and Maven are here');
  });

  it('is refused when only some variables are set, naming the missing', async () => {
    const choice = chooseStack([externalStack, withJava], aContext({ ...external, REDIS_URL: '' }));
    await expect(choice).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' });
    await expect(choice).rejects.toThrow(/REDIS_URL is missing/);
  });

  it('follows what was asked for although another would come first', async () => {
    const choice = await chooseStack([externalStack, withJava], aContext(external), 'local');
    expect(choice).toMatchObject({ provider: { mode: 'local' }, reason: '--stack local was asked for' });
  });

  it('refuses a mode the machine lacks something for, with what it lacks', async () => {
    const choice = chooseStack([externalStack, withoutJava], aContext(), 'local');
    await expect(choice).rejects.toMatchObject({ code: 'ERR_STACK_PREREQUISITE' });
    await expect(choice).rejects.toThrow('The local stack needs Java 17 or newer.');
  });

  it.each(['docker', 'embedded'])('says that %s is not available yet', async (mode) => {
    const fault: unknown = await chooseStack([externalStack, withJava, ...rest], aContext(), mode).catch(
      (error: unknown) => error,
    );
    expect(fault).toMatchObject({ message: expect.stringContaining(`The ${mode} stack is not available yet`) });
    expect(exitCodeOf(fault)).toBe(78);
  });

  it('refuses a mode that does not exist as a wrong call', async () => {
    const fault: unknown = await chooseStack([externalStack], aContext(), 'cloud').catch((error: unknown) => error);
    expect(fault).toMatchObject({ message: expect.stringContaining('"cloud"') });
    expect(exitCodeOf(fault)).toBe(2);
  });

  it('gives the reason of every mode when none can be served', async () => {
    const choice = chooseStack([externalStack, withoutJava, ...rest], aContext());
    await expect(choice).rejects.toThrow(/external: .+ local: .+ docker: .+ embedded: /);
  });
});

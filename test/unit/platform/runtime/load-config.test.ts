import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EngineError } from '../../../../services/core/errors.ts';
import { commonConfig } from '../../../../services/platform/runtime/common-config.ts';
import { portSetting } from '../../../../services/platform/runtime/config-values.ts';
import { loadConfig } from '../../../../services/platform/runtime/load-config.ts';
import type { Environment } from '../../../../services/platform/runtime/load-config.ts';

const schema = z.object({ ...commonConfig, TIDEWATCH_SCORER_PORT: portSetting(8082) });

const complete = {
  KAFKA_BROKERS: '127.0.0.1:9092, [::1]:9093',
  SCHEMA_REGISTRY_URL: 'http://127.0.0.1:8081/apis/ccompat/v7',
  REDIS_URL: 'redis://:pass@127.0.0.1:6379/1',
};

function refusal(env: Environment): EngineError {
  try {
    loadConfig(schema, env);
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('loadConfig', () => {
  it('fills in the defaults and leaves other variables of the environment alone', () => {
    const config = loadConfig(schema, { ...complete, PATH: '/bin', HOME: '/root' });
    expect(config).toMatchObject({
      KAFKA_BROKERS: ['127.0.0.1:9092', '[::1]:9093'],
      TIDEWATCH_TOPIC_PREFIX: '',
      TIDEWATCH_HOST: '127.0.0.1',
      TIDEWATCH_LOG_LEVEL: 'info',
      TIDEWATCH_PARTITIONS: 12,
      TIDEWATCH_SCORER_PORT: { port: 8082, explicit: false },
    });
    expect(config).not.toHaveProperty('PATH');
  });

  it('tells a port that was asked for from one that was not', () => {
    const config = loadConfig(schema, { ...complete, TIDEWATCH_SCORER_PORT: '8082' });
    expect(config.TIDEWATCH_SCORER_PORT).toEqual({ port: 8082, explicit: true });
  });

  it('takes an empty variable for one that is not set', () => {
    const config = loadConfig(schema, { ...complete, TIDEWATCH_SCORER_PORT: '', TIDEWATCH_PARTITIONS: '' });
    expect(config.TIDEWATCH_SCORER_PORT.explicit).toBe(false);
    expect(config.TIDEWATCH_PARTITIONS).toBe(12);
    expect(refusal({ ...complete, REDIS_URL: '' }).message).toContain('REDIS_URL must be set');
  });

  it('reports every problem at once, each with the name of its variable', () => {
    const error = refusal({
      KAFKA_BROKERS: 'localhost',
      SCHEMA_REGISTRY_URL: 'localhost:8081',
      TIDEWATCH_PARTITIONS: '0',
      TIDEWATCH_LOG_LEVEL: 'loud',
      TIDEWATCH_SCORER_PORT: '70000',
      TIDEWATCH_TOPIC_PREFX: 'x',
    });
    expect(error).toMatchObject({ code: 'ERR_CONFIG_INVALID', retryable: false, context: { problems: 7 } });
    expect(error.message).toContain('KAFKA_BROKERS must be host:port, several separated by commas (it is "localhost")');
    expect(error.message).toContain('SCHEMA_REGISTRY_URL must be an address like http://host:port');
    expect(error.message).toMatch(/REDIS_URL must be set: .*redis:\/\//);
    expect(error.message).toContain('TIDEWATCH_PARTITIONS must be a whole number from 1 to 1000 (it is "0")');
    expect(error.message).toContain('TIDEWATCH_LOG_LEVEL must be a level of the log (it is "loud")');
    expect(error.message).toContain('TIDEWATCH_SCORER_PORT must be a whole number from 0 to 65535 (it is "70000")');
    expect(error.message).toContain('did you mean TIDEWATCH_TOPIC_PREFIX?');
  });

  it('refuses an unknown variable of ours even when it is like no other', () => {
    const { message } = refusal({ ...complete, TIDEWATCH_QQQQQQQQQQQQQQQQQ: '1' });
    expect(message).toContain('TIDEWATCH_QQQQQQQQQQQQQQQQQ is not a variable of Tidewatch\n');
  });

  it('ignores the variables of other services', () => {
    expect(() => loadConfig(schema, { ...complete, TIDEWATCH_INGEST_PORT: 'whatever' })).not.toThrow();
  });

  it('never shows an address in a message, because it may carry a password', () => {
    expect(refusal({ ...complete, REDIS_URL: 'http://:pass1234@host' }).message).not.toContain('pass1234');
  });

  it('gives a result that nobody can change', () => {
    const config = loadConfig(schema, complete);
    expect(() => Object.assign(config, { TIDEWATCH_HOST: 'x' })).toThrow(TypeError);
    expect(() => config.KAFKA_BROKERS.push('x')).toThrow(TypeError);
  });

  it.each(['localhost:0', 'localhost:65536', ':9092', 'a b:9092', 'a:1,,b:2', 'kafka://a:1'])(
    'refuses the brokers "%s"',
    (KAFKA_BROKERS) => {
      expect(refusal({ ...complete, KAFKA_BROKERS }).message).toContain('KAFKA_BROKERS');
    },
  );

  it.each(['a/b', 'a b', '{a}', 'ü'])('refuses the topic prefix "%s"', (TIDEWATCH_TOPIC_PREFIX) => {
    expect(refusal({ ...complete, TIDEWATCH_TOPIC_PREFIX }).message).toContain('TIDEWATCH_TOPIC_PREFIX');
  });
});

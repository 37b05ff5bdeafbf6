import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../../services/core/errors.ts';
import { toEngineError } from '../../../../services/platform/kafka/kafka-errors.ts';

/** An error as kafkajs makes them: everything is `retriable` unless it says otherwise. */
function clientError(fields: {
  name?: string;
  type?: string;
  code?: string | number;
  cause?: unknown;
  errors?: unknown;
}) {
  return Object.assign(new Error('it went wrong', { cause: fields.cause }), { retriable: true }, fields);
}

describe('translating what the Kafka client throws', () => {
  it.each([
    [
      'a refused connection',
      clientError({ name: 'KafkaJSConnectionError', code: 'ECONNREFUSED' }),
      'ERR_LOG_UNAVAILABLE',
      true,
    ],
    ['a request that timed out', clientError({ name: 'KafkaJSRequestTimeoutError' }), 'ERR_LOG_UNAVAILABLE', true],
    [
      'a leader that moved',
      clientError({ name: 'KafkaJSProtocolError', type: 'NOT_LEADER_FOR_PARTITION' }),
      'ERR_LOG_UNAVAILABLE',
      true,
    ],
    [
      'too few replicas',
      clientError({ name: 'KafkaJSProtocolError', type: 'NOT_ENOUGH_REPLICAS' }),
      'ERR_LOG_UNAVAILABLE',
      true,
    ],
    ['a lock that was not had in time', clientError({ name: 'KafkaJSLockTimeout' }), 'ERR_LOG_UNAVAILABLE', true],
    [
      'an unknown topic',
      clientError({ name: 'KafkaJSProtocolError', type: 'UNKNOWN_TOPIC_OR_PARTITION' }),
      'ERR_TOPIC_MISSING',
      true,
    ],
    [
      'a batch that is too large',
      clientError({ name: 'KafkaJSProtocolError', type: 'MESSAGE_TOO_LARGE' }),
      'ERR_RECORD_TOO_LARGE',
      false,
    ],
    [
      'an old generation',
      clientError({ name: 'KafkaJSProtocolError', type: 'ILLEGAL_GENERATION' }),
      'ERR_LOG_FENCED',
      false,
    ],
    [
      'an unknown member',
      clientError({ name: 'KafkaJSProtocolError', type: 'UNKNOWN_MEMBER_ID' }),
      'ERR_LOG_FENCED',
      false,
    ],
    ['a wrong password', clientError({ name: 'KafkaJSSASLAuthenticationError' }), 'ERR_LOG_DENIED', false],
    [
      'a missing permission',
      clientError({ name: 'KafkaJSProtocolError', type: 'TOPIC_AUTHORIZATION_FAILED' }),
      'ERR_LOG_DENIED',
      false,
    ],
    [
      'an error of no known kind, though the client calls it retriable',
      clientError({ name: 'KafkaJSError' }),
      'ERR_LOG_FATAL',
      false,
    ],
    ['a defect in the client', new TypeError('x is undefined'), 'ERR_LOG_FATAL', false],
  ])('gives %s its code', (_what, error, code, retryable) => {
    expect(toEngineError(error, 'publishing')).toMatchObject({ code, retryable, cause: error });
  });

  it.each([
    [
      'exceeded retries',
      clientError({ name: 'KafkaJSNumberOfRetriesExceeded', cause: clientError({ name: 'KafkaJSConnectionError' }) }),
    ],
    [
      'a wrapper of a wrapper',
      clientError({
        name: 'KafkaJSNonRetriableError',
        cause: clientError({ name: 'KafkaJSError', cause: clientError({ type: 'REQUEST_TIMED_OUT' }) }),
      }),
    ],
    [
      'one of several errors',
      clientError({ name: 'KafkaJSAggregateError', errors: [clientError({ type: 'LEADER_NOT_AVAILABLE' })] }),
    ],
  ])('looks behind %s', (_what, error) => {
    expect(toEngineError(error, 'publishing')).toMatchObject({ code: 'ERR_LOG_UNAVAILABLE', retryable: true });
  });

  it.each([undefined, null, 'text', 7, { type: 12 }, Symbol('s')])(
    'takes anything that can be thrown: %s',
    (thrown) => {
      expect(toEngineError(thrown, 'publishing')).toMatchObject({ code: 'ERR_LOG_FATAL', retryable: false });
    },
  );

  it('ends although causes go round in a circle', () => {
    const first = clientError({ name: 'A' });
    const second = clientError({ name: 'B', cause: first });
    Object.assign(first, { cause: second });
    expect(toEngineError(first, 'publishing').code).toBe('ERR_LOG_FATAL');
  });

  it('passes on an error of the engine as it is', () => {
    const error = new EngineError('ERR_RECORD_TOO_LARGE', 'too large', { retryable: false });
    expect(toEngineError(error, 'publishing')).toBe(error);
  });

  it('says what failed, why, and what to do', () => {
    const { message } = toEngineError(
      clientError({ name: 'KafkaJSConnectionError' }),
      'publishing to customer.scores.v1',
    );
    expect(message).toMatch(
      /^Kafka failed while publishing to customer\.scores\.v1: it went wrong\. .*check that Kafka runs/,
    );
  });
});

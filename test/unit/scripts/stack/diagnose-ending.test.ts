import { describe, expect, it } from 'vitest';
import { diagnoseEnding } from '../../../../scripts/stack/local/diagnose-ending.ts';

describe('why a part of the stack ended while starting', () => {
  it.each([
    ['Kafka meets its port', 'java.net.BindException: Address already in use', 'port-taken'],
    [
      'Redis meets its port',
      'Warning: Could not create server TCP listening socket *: bind: Address already in use',
      'port-taken',
    ],
    ['the registry meets its port', 'Port 8080 seems to be in use by another process.', 'port-taken'],
    ['another Kafka has the data', 'Failed to acquire lock on file .lock in /data/kafka', 'data-in-use'],
    ['the memory is too small', 'Could not reserve enough space for 524288KB object heap', 'machine'],
    ['the disk is full', 'java.io.IOException: No space left on device', 'machine'],
    ['Java is too old', 'java.lang.UnsupportedClassVersionError: kafka/Kafka', 'machine'],
    ['the data is broken', 'java.lang.RuntimeException: No readable meta.properties files found.', 'data-unusable'],
    ['the file of Redis is broken', 'Bad file format reading the append only file', 'data-unusable'],
  ])('%s', (_case, log, ending) => {
    expect(diagnoseEnding(log)).toBe(ending);
  });
});

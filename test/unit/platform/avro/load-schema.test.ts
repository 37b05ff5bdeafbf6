import { describe, expect, it } from 'vitest';
import { loadSchema } from '../../../../services/platform/avro/load-schema.ts';

describe('loading a schema', () => {
  it('puts a record of another file where it is named', () => {
    const { fields } = loadSchema('retention-task');
    const score = fields.find((field) => (field as { name: string }).name === 'score') as { type: { name: string } };
    expect(score.type).toMatchObject({ type: 'record', name: 'Score', namespace: 'tidewatch' });
  });

  it('leaves names that the schema itself defines', () => {
    const { fields } = loadSchema('customer-event');
    expect(fields).toContainEqual(expect.objectContaining({ name: 'retracted', type: ['null', 'CustomerEvent'] }));
  });

  it('names the file that is missing', () => {
    expect(() => loadSchema('no-such')).toThrowError(/schemas\/no-such\.v1\.avsc/);
  });
});

import { describe, expect, it } from 'vitest';
import { commonConfig } from '../../../../services/platform/runtime/common-config.ts';
import { consumerConfig } from '../../../../services/platform/runtime/consumer-config.ts';
import { modelConfig } from '../../../../services/platform/runtime/model-config.ts';
import { knownVariables } from '../../../../services/platform/runtime/known-variables.ts';

describe('knownVariables', () => {
  it('names every variable once', () => {
    const names = knownVariables.map((variable) => variable.name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each([
    { what: 'all services', shape: commonConfig, readers: ['ingest', 'scorer', 'alerts'] as const },
    { what: 'services that read topics', shape: consumerConfig, readers: ['scorer', 'alerts'] as const },
    { what: 'services that name a model', shape: modelConfig, readers: ['ingest', 'scorer'] as const },
  ])('names every variable that $what read', ({ shape, readers }) => {
    for (const reader of readers) {
      const names = knownVariables.filter(({ readBy }) => readBy.includes(reader)).map((variable) => variable.name);
      expect(Object.keys(shape).filter((name) => !names.includes(name))).toEqual([]);
    }
  });

  it('says the defaults that the schema has', () => {
    for (const [name, schema] of Object.entries({ ...commonConfig, ...consumerConfig, ...modelConfig })) {
      const known = knownVariables.find((variable) => variable.name === name);
      const result = schema.safeParse(undefined);
      const value = result.success ? result.data : undefined;
      const fallback = value === undefined ? null : (value as string | number).toString();
      expect([name, known?.default]).toEqual([name, fallback]);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { commonConfig } from '../../../../services/platform/runtime/common-config.ts';
import { knownVariables } from '../../../../services/platform/runtime/known-variables.ts';

describe('knownVariables', () => {
  it('names every variable once', () => {
    const names = knownVariables.map((variable) => variable.name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('names every variable that all services read', () => {
    const names = knownVariables.filter(({ readBy }) => readBy.includes('alerts')).map((variable) => variable.name);
    expect(Object.keys(commonConfig).filter((name) => !names.includes(name))).toEqual([]);
  });

  it('says the defaults that the schema has', () => {
    for (const [name, schema] of Object.entries(commonConfig)) {
      const known = knownVariables.find((variable) => variable.name === name);
      const result = schema.safeParse(undefined);
      const fallback = result.success ? (result.data as string | number).toString() : null;
      expect([name, known?.default]).toEqual([name, fallback]);
    }
  });
});

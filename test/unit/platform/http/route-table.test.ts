import { describe, expect, it } from 'vitest';
import { createRouteTable } from '../../../../services/platform/http/route-table.ts';

const table = createRouteTable();
table.add('/v1/tasks', ['GET', 'HEAD']);
table.add('/v1/tasks', ['POST']);
table.add('/v1/tasks/:id', ['GET']);
table.add('/v1/tasks/:id/:action(^(claim|assign)$)', ['POST']);
table.add('/v1/scores::batch', ['POST']);
table.add('/files/*', ['GET']);
table.add('/a.b', ['PUT']);

describe('createRouteTable', () => {
  it.each([
    ['/v1/tasks', ['GET', 'HEAD', 'POST']],
    ['/v1/tasks/', ['GET', 'HEAD', 'POST']],
    ['/v1/tasks/42', ['GET']],
    ['/v1/tasks/user:42', ['GET']],
    ['/v1/tasks/42/claim', ['POST']],
    ['/v1/scores:batch', ['POST']],
    ['/files/any/depth', ['GET']],
    ['/a.b', ['PUT']],
  ])('knows the methods of %s', (path, methods) => {
    expect(table.methodsOf(path)).toEqual(methods);
  });

  it.each(['/', '/v1', '/v1/tasks/42/dance', '/v1/tasks/42/claim/now', '/v1/scores', '/axb', '/v1/tasks//'])(
    'knows nothing of %s',
    (path) => {
      expect(table.methodsOf(path)).toEqual([]);
    },
  );
});

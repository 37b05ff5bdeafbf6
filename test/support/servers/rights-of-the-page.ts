import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes, type AclEntry } from 'kafkajs';
import { rootDir } from '../root-dir.ts';

/**
 * The rights that docs/reference/clusters.md says the services need: access control entries of Kafka, and lines of the
 * file with the users of Redis.
 * @param prefix of the topics, groups and keys of this run, in the place of the page's own
 */
export async function rightsOfThePage(
  prefix: string,
  password: (user: string) => string,
): Promise<{ readonly kafka: AclEntry[]; readonly redis: string[] }> {
  const page = (await readFile(join(rootDir, 'docs/reference/clusters.md'), 'utf8'))
    .replaceAll('~shop:', `~${prefix}`)
    .replaceAll('shop.', prefix);
  const lines = page.split('\n').map((line) => line.trim());
  const kafka = lines.filter((line) => line.startsWith('$acl ')).flatMap(readAclCommand);
  const redisLines = lines.filter((line) => line.startsWith('user '));
  return { kafka, redis: redisLines.map((line) => line.replace('PASSWORD', password(line.split(' ')[1]))) };
}

const operations: Readonly<Record<string, AclOperationTypes>> = {
  Read: AclOperationTypes.READ,
  Write: AclOperationTypes.WRITE,
  Delete: AclOperationTypes.DELETE,
  Describe: AclOperationTypes.DESCRIBE,
  DescribeConfigs: AclOperationTypes.DESCRIBE_CONFIGS,
};

function readAclCommand(line: string): AclEntry[] {
  const user = /--allow-principal User:(\S+)/.exec(line)?.[1] ?? '';
  const [, kind, resourceName] = /--(topic|group) (\S+)/.exec(line) ?? [];
  const named = user === '$user' ? ['tw-ingest', 'tw-scorer', 'tw-alerts'] : [user];
  return named.flatMap((name) =>
    [...line.matchAll(/--operation (\S+)/g)].map(([, operation]) => ({
      principal: `User:${name}`,
      host: '*',
      operation: operations[operation],
      permissionType: AclPermissionTypes.ALLOW,
      resourceType: kind === 'topic' ? AclResourceTypes.TOPIC : AclResourceTypes.GROUP,
      resourceName,
      resourcePatternType: line.includes('prefixed') ? ResourcePatternTypes.PREFIXED : ResourcePatternTypes.LITERAL,
    })),
  );
}

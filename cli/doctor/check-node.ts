import type { Finding } from './finding.ts';

const oldest = [22, 18] as const;

/** Whether this Node runs TypeScript as it stands and still carries the optional native TensorFlow binding. */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  if (major === oldest[0] && minor >= oldest[1]) return { result: 'ok', what: 'Node', detail: version };
  return {
    result: 'fault',
    what: 'Node',
    detail: `${version} is not a Node ${oldest[0]} from ${oldest.join('.')} on`,
    advice: 'run the command through "npm run tidewatch --", which gets the right one',
  };
}

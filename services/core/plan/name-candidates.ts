const iglu = /^iglu:([^/]+)\/([^/]+)(?:\/[^/]+(?:\/[^/]+)?)?$/;
const version = /^v?\d+(?:[-_]\d+)*$/i;
const reverseDns = /^[a-z]{2,4}\.[a-z0-9-]+\./i;

/**
 * What a name may stand for in a plan, the most exact first: the name itself; of an Iglu schema its own name; of a
 * reverse-DNS type (`com.acme.shop.order.placed.v1`) its last words. One word alone counts only where nothing but the
 * domain stands before it: `com.acme.order` is an order, the end of `com.acme.refund.order` is not.
 */
export function nameCandidates(name: string): readonly string[] {
  const schema = iglu.exec(name);
  if (schema !== null) return [name, `${schema[1]}/${schema[2]}`, schema[2]];
  if (!reverseDns.test(name)) return [name];
  const labels = name.split('.');
  while (labels.length > 3 && version.test(labels[labels.length - 1])) labels.pop();
  const endings = labels.slice(1).map((_, index) => labels.slice(index + 1));
  const usable = endings.filter((ending) => ending.length > 1 || labels.length === 3 || hasTwoWords(ending[0]));
  return [name, ...usable.map((ending) => ending.join('.'))];
}

function hasTwoWords(label: string): boolean {
  return /[a-z0-9][A-Z]|[-_]/.test(label);
}

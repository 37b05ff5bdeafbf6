import type { PlaybooksDocument } from './playbook-document.ts';

/** Playbooks that follow each other in a circle would take turns with a customer for ever; each is named. */
export function findCircleProblems({ playbooks }: PlaybooksDocument): readonly string[] {
  const followed = new Map<string, string>();
  for (const [id, { trigger }] of Object.entries(playbooks)) {
    if (trigger.on === 'without-result') followed.set(id, trigger.of);
  }
  return [...followed.keys()].flatMap((id) => {
    const way = wayFrom(id, followed);
    if (way.at(-1) !== id || way.length === 1) return [];
    return [`playbooks.${id}.trigger.of: it follows itself by way of ${way.slice(0, -1).join(' and ')}`];
  });
}

/** Whom it follows, one after the other, until there is nobody more or somebody comes again. */
function wayFrom(id: string, followed: ReadonlyMap<string, string>): readonly string[] {
  const way: string[] = [];
  for (let at = followed.get(id); at !== undefined; at = followed.get(at)) {
    if (way.includes(at)) return way;
    way.push(at);
    if (at === id) return way;
  }
  return way;
}

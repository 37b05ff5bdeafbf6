/** Only source and id together are unique; a source is a URI and holds no space. */
export function eventKey(source: string, id: string): string {
  return `${source} ${id}`;
}

/** The sender's own id. */
export function idOfKey(key: string): string {
  return key.slice(key.indexOf(' ') + 1);
}

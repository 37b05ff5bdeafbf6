/** Asks every path that the service at `url` tells of, as a stranger and as one who may, so that all its series exist. */
export async function askEveryPath(url: string, token: string): Promise<void> {
  const { paths } = (await (await fetch(`${url}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, unknown>>;
  };
  const authorization = `Bearer ${token}`;
  for (const [path, methods] of Object.entries(paths)) {
    for (const method of Object.keys(methods)) {
      for (const headers of [undefined, { authorization }]) {
        const asked = `${url}${path.replaceAll(/\{[^}]+\}/gu, 'x')}`;
        await fetch(asked, { method: method.toUpperCase(), ...(headers === undefined ? {} : { headers }) });
      }
    }
  }
}

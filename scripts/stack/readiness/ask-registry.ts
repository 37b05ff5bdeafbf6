/** Asks for the subjects, which the registry can answer only once its storage is up. */
export async function askRegistry(url: string): Promise<void> {
  const response = await fetch(`${url.replace(/\/+$/, '')}/subjects`, { signal: AbortSignal.timeout(5_000) });
  const body: unknown = await response.json();
  if (!response.ok || !Array.isArray(body)) throw new Error(`GET /subjects answered ${response.status}`);
}

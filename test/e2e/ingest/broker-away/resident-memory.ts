const mebibyte = 2 ** 20;

/** Resident memory of a service, as it says itself. */
export async function residentMiB(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const [, bytes] = /^process_resident_memory_bytes (\S+)$/m.exec(text) ?? [];
  return Number(bytes) / mebibyte;
}

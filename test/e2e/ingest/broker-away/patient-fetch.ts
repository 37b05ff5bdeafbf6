/** Asks nothing before the time that ingest named, for SDKs that do not heed `Retry-After` themselves. */
export function createPatientFetch(): typeof fetch {
  let notBefore = 0;
  return async (...request) => {
    const left = Math.ceil((notBefore - Date.now()) / 1000);
    if (left > 0) return new Response(null, { status: 503, headers: { 'retry-after': String(left) } });
    const response = await fetch(...request);
    const seconds = response.ok ? 0 : Number(response.headers.get('retry-after'));
    notBefore = Math.max(notBefore, Date.now() + seconds * 1000);
    return response;
  };
}

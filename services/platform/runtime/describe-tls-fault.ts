/** What Node.js says when it does not trust the other side, by code and as text, with what to do about it. */
const faults: readonly (readonly [RegExp, string])[] = [
  [
    /SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY_LEAF|self-signed certificate|unable to (?:get (?:local )?issuer|verify the first) certificate/i,
    'its certificate was signed by an authority that is not known here: name the file of that authority in',
  ],
  [/ERR_TLS_CERT_ALTNAME_INVALID|does not match certificate/i, 'its certificate is for another host name: connect by a name that stands in it'],
  [/CERT_HAS_EXPIRED|certificate has expired/i, 'its certificate has expired: have it renewed'],
  [
    /ERR_SSL_WRONG_VERSION|ERR_SSL_PACKET_LENGTH|wrong version number|packet length too long|before secure TLS connection/i,
    'it does not speak TLS at this port: use its TLS port, or connect without TLS',
  ],
]; // prettier-ignore

/**
 * @param said code or message of the fault
 * @param caVariable variable that names the file of an authority
 * @returns null where it is not about TLS
 */
export function describeTlsFault(said: string, caVariable: string): string | null {
  const advice = faults.find(([pattern]) => pattern.test(said))?.[1];
  if (advice === undefined) return null;
  return advice.endsWith(' in') ? `${advice} ${caVariable}` : advice;
}

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** Files of an authority made for one test, and of a server at 127.0.0.1 that it vouches for. */
export interface Certificates {
  readonly caFile: string;
  readonly certFile: string;
  readonly keyFile: string;
  /** Key and certificate in one, as a broker wants them. */
  readonly bothFile: string;
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

export async function makeCertificates(folder: string): Promise<Certificates> {
  const common = { keyType: 'ec', algorithm: 'sha256' } as const;
  const authority = await generate([{ name: 'commonName', value: 'An authority for a test' }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...common,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }, { type: 7, ip: '127.0.0.1' }] },
    ],
  }); // prettier-ignore
  const write = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, text, { mode: 0o600 });
    return path;
  };
  return {
    caFile: await write('ca.pem', authority.cert),
    certFile: await write('server.pem', server.cert),
    keyFile: await write('server.key', server.private),
    bothFile: await write('server-and-key.pem', `${server.private}\n${server.cert}`),
    ca: authority.cert,
    cert: server.cert,
    key: server.private,
  };
}

import type { NetworkWeights } from '../../services/platform/tensorflow/network-weights.ts';
import { memberNames } from './members.ts';
import type { NetPlace } from './table-manifest.ts';
import type { TableModel } from './table-model.ts';

export interface PackedNetworks {
  readonly places: readonly NetPlace[];
  /** Float32, little-endian. */
  readonly bytes: Buffer;
}

/** All nets of a model in one file. */
export function packNetworks({ members }: TableModel): PackedNetworks {
  const places: NetPlace[] = [];
  const parts: Float32Array[] = [];
  for (const member of memberNames) {
    const fitted = members[member];
    if (fitted.kind !== 'net') continue;
    const layers = fitted.nets[0].map(({ inputs, units }) => [inputs, units] as const);
    places.push({ member, nets: fitted.nets.length, layers });
    for (const { kernel, bias } of fitted.nets.flat()) parts.push(kernel, bias);
  }
  return { places, bytes: Buffer.concat(parts.map(toLittleEndian)) };
}

/** The nets in the order of `places`; null when the bytes are not as many as the places say. */
export function unpackNetworks(places: readonly NetPlace[], bytes: Buffer): NetworkWeights[][] | null {
  let at = 0;
  const take = (count: number): Float32Array => {
    const values = new Float32Array(count);
    for (let i = 0; i < count; i++, at += 4) values[i] = at + 4 <= bytes.length ? bytes.readFloatLE(at) : NaN;
    return values;
  };
  const networks = places.map(({ nets, layers }) =>
    Array.from({ length: nets }, () =>
      layers.map(([inputs, units]) => ({ inputs, units, kernel: take(inputs * units), bias: take(units) })),
    ),
  );
  return at === bytes.length ? networks : null;
}

function toLittleEndian(values: Float32Array): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => bytes.writeFloatLE(value, i * 4));
  return bytes;
}

import { runProgram } from './run-program.ts';

const sum = `
  const tf = require(process.argv[1]);
  const got = tf.tidy(() => tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])).dataSync()[0]);
  if (got !== 3 || tf.getBackend() !== 'tensorflow') throw new Error('it computed ' + got + ' on ' + tf.getBackend());
`;

/** Loads the backend once in a process of its own and has it compute. */
export async function proveNative(node: string, entry: string): Promise<void> {
  await runProgram(node, ['--input-type=commonjs', '--eval', sum, entry], 'the compiled binding does not compute');
}

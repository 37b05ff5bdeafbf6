/* A server with one route that answers an empty object, as a process of its own. */
import { fastify } from 'fastify';

const server = fastify();
server.get('/empty', () => Promise.resolve({}));
const url = await server.listen({ host: '127.0.0.1', port: 0 });
process.on('SIGTERM', () => void server.close().then(() => process.exit(0)));
process.on('disconnect', () => process.exit(1));
process.send?.({ type: 'ready', url });

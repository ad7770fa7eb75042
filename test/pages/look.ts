import { openPages } from './support/pages-server.ts';

const server = await openPages();
console.log(server.url);
process.once('SIGTERM', () => void server.close());
process.once('SIGINT', () => void server.close());

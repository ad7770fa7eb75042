/** Serves the pages to look at them by hand, until it is interrupted. */
import { openPages } from './support/pages-server.ts';

const server = await openPages();
process.stdout.write(`${server.url}\n`);
process.once('SIGTERM', () => void server.close());
process.once('SIGINT', () => void server.close());

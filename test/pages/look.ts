import { ANN, openRealPages } from './support/real-pages.ts';

/** Serves the pages to look at them by hand, until it is interrupted. */
const pages = await openRealPages();
process.stdout.write(`${pages.url}, as ${ANN.email} with "${ANN.password}"\n`);
process.once('SIGTERM', () => void pages.close());
process.once('SIGINT', () => void pages.close());

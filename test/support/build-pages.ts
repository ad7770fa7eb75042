import { buildPages } from '../../packages/dashboard/scripts/build-pages.ts';

/** Before any test runs, since several suites serve the pages at the same time. */
export async function setup(): Promise<void> {
  await buildPages();
}

export { DashboardNotBuilt } from './built-files.ts';
export { dashboard, DEFAULT_API_BASE } from './dashboard.ts';
export type { DashboardFacts, DashboardOptions } from './options.ts';

export { onerouter, type OneRouter } from './onerouter.ts';
export type { CatalogueConfig, OneRouterOptions } from './options.ts';
export type { Store } from './store.ts';
export { wantsWebsocket } from '@onerouter/proxy';
export type { CreditSales, PeopleOptions } from './people/options.ts';

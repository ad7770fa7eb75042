export { onerouter, type OneRouter } from './onerouter.ts';
export type { CatalogueConfig, OneRouterOptions } from './options.ts';
export type { Store } from './store.ts';
export { wantsWebsocket } from '@onerouter/proxy';
export type { PeopleOptions } from './people/options.ts';

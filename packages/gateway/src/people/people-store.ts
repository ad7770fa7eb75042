import type { SettlementFeed } from '@onerouter/metering';
import type { Store } from '../store.ts';

/** A store that can keep people's sessions, and list what they used. */
export type PeopleStore = Store &
  Required<Pick<Store, (typeof PORTS)[number]>> & {
    readonly generations: Store['generations'] & SettlementFeed;
  };

const PORTS = ['sessions', 'tickets', 'rollups', 'alertClaims'] as const;

/** @throws {TypeError} naming the ports that a store lacks */
export function peopleStore(store: Store): PeopleStore {
  const lacks: string[] = PORTS.filter((port) => !store[port]);
  if (!('after' in store.generations)) lacks.push('generations that can be followed');
  if (lacks.length === 0) return store as PeopleStore;
  throw new TypeError(`people need a store with ${lacks.join(', ')}; this one has none.`);
}

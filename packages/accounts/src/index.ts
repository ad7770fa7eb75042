export {
  DEFAULT_KEYS_PAGE,
  UnknownAccountError,
  type Account,
  type AccountPatch,
  type AccountsAndKeys,
  type AccountStore,
  type KeyPatch,
  type ListKeysOptions,
  type NewKey,
} from './account-store.ts';
export { memoryAccounts } from './memory-accounts.ts';

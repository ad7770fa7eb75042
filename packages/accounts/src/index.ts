export {
  completeAccount,
  DEFAULT_ACCOUNTS_PAGE,
  DEFAULT_KEYS_PAGE,
  IdentityTakenError,
  sameIdentity,
  UnknownAccountError,
  type Account,
  type AccountPatch,
  type AccountRole,
  type BalanceAlerts,
  type Identity,
  type ListAccountsOptions,
  type NewAccount,
  type AccountsAndKeys,
  type AccountStore,
  type KeyPatch,
  type ListKeysOptions,
  type NewKey,
} from './account-store.ts';
export { memoryAccounts } from './memory-accounts.ts';
export { newAccountId, normalizeEmail } from './identity.ts';
export { accountPaths } from './openapi/account-paths.ts';
export { accountRoutes, type AccountRoutesOptions } from './account-routes.ts';
export { STORE_FAILURE_RETRY_MS, storeFailures, type StoreFailuresOptions } from './store-failures.ts';
export {
  createKeyRequest,
  MAX_LIMIT_USD,
  updateKeyRequest,
  type CreateKeyRequest,
  type UpdateKeyRequest,
} from './key-requests.ts';
export { UNLIMITED_REQUESTS } from './key-wire.ts';
export { DEFAULT_SCRYPT_COST, hashPassword, verifyPassword, type ScryptCost } from './passwords.ts';
export {
  bootstrapSchema,
  type BootstrapAccount,
  type BootstrapConfig,
  type BootstrapKey,
} from './bootstrap-config.ts';
export { bootstrapAccounts, BootstrapConflictError, type BootstrapOptions } from './bootstrap.ts';
export type { Ticket, TicketPurpose, TicketStore } from './sign-in/ticket-store.ts';
export { memoryTickets } from './sign-in/memory-tickets.ts';
export { creditRoutes, type CreditRoutesOptions } from './credits/credit-routes.ts';
export { creditPaths, noPaymentPaths } from './credits/credit-paths.ts';

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
export { signInRoutes, type SignInRoutesOptions } from './sign-in/sign-in-routes.ts';
export {
  accountSettingsRoutes,
  type AccountSettingsRoutesOptions,
} from './sign-in/account-settings-routes.ts';
export { accountSettingsPaths } from './sign-in/account-settings-paths.ts';
export { signInPaths } from './sign-in/sign-in-paths.ts';
export {
  ATTEMPTS_WINDOW_MS,
  DEFAULT_ATTEMPTS,
  type AttemptKind,
  type AttemptLimit,
  type AttemptsOptions,
} from './sign-in/attempts.ts';
export type { Message, Sender } from './sign-in/sender.ts';
export type { GitHubEndpoints, GitHubOptions } from './sign-in/oauth/github.ts';
export type { GoogleEndpoints, GoogleOptions } from './sign-in/oauth/google.ts';
export type { OAuthClient } from './sign-in/oauth/oauth-provider.ts';
export type { AlertClaims } from './alerts/alert-claims.ts';
export { memoryAlertClaims } from './alerts/memory-alert-claims.ts';
export {
  ALERT_ATTEMPTS,
  ALERT_STALE_MS,
  lowBalanceAlerts,
  type LowBalanceAlerts,
  type LowBalanceAlertsOptions,
} from './alerts/low-balance-alerts.ts';
export { PrivateAddressError } from './alerts/public-address.ts';
export {
  WEBHOOK_TIMEOUT_MS,
  webhookPoster,
  type WebhookPoster,
  type WebhookPosterOptions,
} from './alerts/webhook-poster.ts';
export {
  activityPaths,
  activityRoutes,
  DEFAULT_DAYS,
  DEFAULT_GENERATIONS_PAGE,
  DEFAULT_LIVE_LIMITS,
  MAX_DAYS,
  MAX_GENERATIONS_PAGE,
  MAX_RESUMED,
  MAX_SERIES,
  type ActivityRoutes,
  type ActivityRoutesOptions,
  type LiveLimits,
} from './activity/index.ts';
export { operatorRoutes, type OperatorRoutesOptions } from './operator/operator-routes.ts';
export { operatorPaths } from './operator/operator-paths.ts';
export { TOTALS_FRESH_MS } from './operator/operator-totals.ts';
export type { EndpointHealthReport, ProviderHealthReport } from './operator/provider-health.ts';

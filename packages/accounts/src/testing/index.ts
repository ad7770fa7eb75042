export { account as accountRecord, key as newKeyRecord } from './account-records.ts';
export type { MadeAccountStore } from './account-details-suite.ts';
export { accountStoreSuite } from './account-store-suite.ts';
export { alertClaimsSuite, type MadeAlertClaims } from './alert-claims-suite.ts';
export { ticketStoreSuite, type MadeTicketStore } from './ticket-store-suite.ts';

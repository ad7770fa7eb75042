import {
  IdentityTakenError,
  sameIdentity,
  type Account,
  type AccountStore,
  type Identity,
} from '../../account-store.ts';
import { newAccountId } from '../../identity.ts';
import { emailAddress } from '../sign-in-requests.ts';
import type { VouchedPerson } from './oauth-provider.ts';

/** Why an identity opens no account. */
export type OAuthRefusal = 'oauth_unverified_email' | 'oauth_account_exists' | 'oauth_sign_up_closed';

export interface ResolveAccountOptions {
  readonly accounts: Pick<
    AccountStore,
    'createAccount' | 'findAccountByEmail' | 'findAccountByIdentity' | 'linkIdentity' | 'updateAccount'
  >;
  /** Whether new accounts are made. */
  readonly signUp: boolean;
}

/**
 * The account that an identity opens: its own; else the one with the email that the service has verified; else a new one.
 *
 * An account whose email nobody has verified is not given to who owns the email: somebody else may have made it, and would
 * keep its password. Only who is signed in to it can link it.
 *
 * @param signedIn id of the account that the browser is signed in to
 */
export async function resolveAccount(
  options: ResolveAccountOptions,
  identity: Identity,
  person: VouchedPerson,
  signedIn: string | undefined,
): Promise<Account | OAuthRefusal> {
  const { accounts } = options;
  const own = await accounts.findAccountByIdentity(identity);
  if (own) return own;
  try {
    return await resolveByEmail(options, identity, person, signedIn);
  } catch (error) {
    // Somebody's other tab was faster.
    const linked = error instanceof IdentityTakenError && (await accounts.findAccountByIdentity(identity));
    if (linked) return linked;
    throw error;
  }
}

async function resolveByEmail(
  { accounts, signUp }: ResolveAccountOptions,
  identity: Identity,
  person: VouchedPerson,
  signedIn: string | undefined,
): Promise<Account | OAuthRefusal> {
  const email = emailAddress.safeParse(person.verifiedEmail).data;
  if (email === undefined) return 'oauth_unverified_email';
  const existing = (await accounts.findAccountByEmail(email)) ?? (signUp ? await create() : undefined);
  if (!existing) return 'oauth_sign_up_closed';
  if (existing.identities.some((one) => sameIdentity(one, identity))) return existing;
  if (!existing.emailVerified && existing.id !== signedIn) return 'oauth_account_exists';
  await accounts.linkIdentity(existing.id, identity);
  return (await accounts.updateAccount(existing.id, { emailVerified: true })) ?? 'oauth_account_exists';

  function create(): Promise<Account> {
    return accounts.createAccount({
      id: newAccountId(),
      email: email ?? '',
      emailVerified: true,
      passwordHash: null,
      allowTraining: false,
      identities: [identity],
      createdAt: Date.now(),
    });
  }
}

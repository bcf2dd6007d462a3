/**
 * Who sends a request: the CDS Hooks JWT, checked against the clients that the site has registered.
 */
import type { ClientConfiguration } from '../../config/client-configuration.js';
import { claimedClient } from './claimed-client.js';
import { keysOf, type ClientKeys, type KeySourceOptions } from './client-keys.js';
import type { TokenRefusal } from './refusal.js';
import type { SharedReplayGuard } from './shared-replay-guard.js';
import { verifyToken, type VerifiedToken } from './verified-token.js';

export type Authentication =
  | { readonly ok: true; readonly client: ClientConfiguration; readonly tenant?: string }
  | {
      readonly ok: false;
      readonly reason: TokenRefusal;
      /** The client that the token claims to come from, when it is a registered one. */
      readonly client?: string;
    };

export interface Authenticator {
  /**
   * @param authorization value of the Authorization header
   * @param audience exact public URL of the endpoint that was called
   */
  readonly authenticate: (authorization: string | undefined, audience: string) => Promise<Authentication>;
  /** Judges a token as `authenticate` does, without using it up: for the self-test. */
  readonly inspect: (authorization: string, audience: string) => Promise<Authentication>;
  /** Fetches the keys of all clients, so that no call waits for them; gives the clients whose keys can't be had. */
  readonly refreshKeys: () => Promise<readonly string[]>;
}

export interface AuthenticatorParts extends KeySourceOptions {
  readonly clients: readonly ClientConfiguration[];
  readonly replayGuard: SharedReplayGuard;
}

interface RegisteredClient {
  readonly client: ClientConfiguration;
  readonly keys: ClientKeys;
}

/** A token is remembered as used only after it has passed everything else. */
export function createAuthenticator(parts: AuthenticatorParts): Authenticator {
  const { clock, replayGuard } = parts;
  const registered = parts.clients.map((client): RegisteredClient => ({
    client,
    keys: keysOf(client, parts),
  }));
  return {
    authenticate: (authorization, audience) => judged(authorization, audience, whyUsedUp),
    inspect: (authorization, audience) => judged(authorization, audience, whyUsedBefore),
    refreshKeys: async () => {
      const without = registered.map(async ({ client: { id }, keys }) =>
        (await keys.refresh()) ? [] : [id],
      );
      return (await Promise.all(without)).flat();
    },
  };

  async function judged(
    authorization: string | undefined,
    audience: string,
    whyRefused: typeof whyUsedUp,
  ): Promise<Authentication> {
    const claimed = claimedClient(authorization, registered);
    if (!claimed.ok) return claimed;
    const { client, keys } = claimed.from;
    const refuse = (reason: TokenRefusal): Authentication => ({ ok: false, reason, client: client.id });
    const now = clock();
    const verification = await verifyToken(claimed.token, { client, keys: keys.find, audience, now });
    if (!verification.ok) return refuse(verification.reason);
    const { tenant, ...token } = verification.verified;
    const reason = await whyRefused(token, client, replayGuard, now);
    if (reason !== undefined) return refuse(reason);
    return { ok: true, client, ...(tenant === undefined ? {} : { tenant }) };
  }
}

function whyUsedBefore(
  { jti }: Pick<VerifiedToken, 'jti' | 'until'>,
  { id, issuer, tokenReplay }: ClientConfiguration,
  guard: SharedReplayGuard,
  now: Date,
): Promise<TokenRefusal | undefined> {
  const isReplay = tokenReplay !== 'allowed' && guard.isUsed({ issuer, jti, client: id }, now);
  return Promise.resolve(isReplay ? 'replayed' : undefined);
}

async function whyUsedUp(
  { jti, until }: Pick<VerifiedToken, 'jti' | 'until'>,
  { id, issuer, tokenReplay }: ClientConfiguration,
  guard: SharedReplayGuard,
  now: Date,
): Promise<TokenRefusal | undefined> {
  if (tokenReplay === 'allowed') return undefined;
  const use = await guard.use({ issuer, jti, client: id, until }, now);
  switch (use) {
    case 'first':
      return undefined;
    case 'again':
      return 'replayed';
    case 'full':
      return 'too-many-tokens';
    default:
      return use satisfies never;
  }
}

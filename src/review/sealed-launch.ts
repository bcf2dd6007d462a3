/**
 * What has to be known when the browser comes back from the authorization server: sealed into a cookie, so that nothing
 * is stored here, and so that a launch can only be ended by the browser that began it.
 */
import { EncryptJWT, errors, jwtDecrypt } from 'jose';
import { z } from 'zod';

export interface PendingLaunch {
  /** FHIR server, as registered. */
  readonly fhirServer: string;
  readonly state: string;
  /** PKCE. */
  readonly verifier: string;
}

const pending = z.object({ fhirServer: z.string(), state: z.string(), verifier: z.string() });

/** Seconds in which a user can log in. */
export const launchSeconds = 600;

export interface LaunchSeal {
  readonly seal: (launch: PendingLaunch, now: Date) => Promise<string>;
  /** Undefined when it was not sealed here, was changed, or is too old. */
  readonly open: (sealed: string, now: Date) => Promise<PendingLaunch | undefined>;
}

/** @param key 32 bytes, the same for all instances of an installation */
export function launchSeal(key: Uint8Array): LaunchSeal {
  return {
    seal: ({ fhirServer, state, verifier }, now) =>
      new EncryptJWT({ fhirServer, state, verifier })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setIssuedAt(now)
        .setExpirationTime(Math.floor(now.getTime() / 1000) + launchSeconds)
        .encrypt(key),
    open: async (sealed, now) => {
      try {
        const { payload } = await jwtDecrypt(sealed, key, { currentDate: now, requiredClaims: ['exp'] });
        const parsed = pending.safeParse(payload);
        return parsed.success ? parsed.data : undefined;
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
  };
}

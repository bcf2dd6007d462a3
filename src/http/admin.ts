/** Whoever holds the admin token; nobody where none is set. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type { Failure } from './failure.js';

/** Why a request is not the admin's; undefined when it is. Without a token the place does not exist. */
export function whyNotAdmin(request: Request, adminToken: string | undefined): Failure | undefined {
  if (adminToken === undefined) return { failure: 'unknown-place' };
  return isAdmin(request, adminToken) ? undefined : { failure: 'admin-only' };
}

/** As the password of Basic authentication, which browsers ask for, or as a bearer token, which a proxy sends. */
function isAdmin({ headers: { authorization = '' } }: Request, adminToken: string): boolean {
  const [scheme = '', credentials = ''] = authorization.split(' ');
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return isSame(credentials, adminToken);
    case 'basic': {
      const text = Buffer.from(credentials, 'base64').toString('utf8');
      return isSame(text.slice(text.indexOf(':') + 1), adminToken);
    }
    default:
      return false;
  }
}

/** In the same time for any guess. */
function isSame(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

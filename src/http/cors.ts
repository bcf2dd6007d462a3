/**
 * Cross-origin calls: browser-based clients such as the CDS Hooks sandbox ask first (preflight), without
 * authentication, and must be able to read errors as well as answers.
 */
import type { RequestHandler } from 'express';

/** `any` is for trials without authentication: no credentials are involved then. */
export type AllowedOrigins = 'any' | readonly string[];

const daySeconds = 86_400;

/** Sets the CORS headers on every answer and ends preflights. */
export function cors(origins: AllowedOrigins): RequestHandler {
  return (request, response, next) => {
    const origin = request.headers.origin;
    if (origins !== 'any') response.vary('Origin');
    if (origin !== undefined && (origins === 'any' || origins.includes(origin))) {
      response.setHeader('Access-Control-Allow-Origin', origins === 'any' ? '*' : origin);
      if (request.method === 'OPTIONS') {
        response.setHeader('Access-Control-Allow-Methods', 'GET, POST, OPTIONS');
        response.setHeader('Access-Control-Allow-Headers', 'Content-Type, Authorization');
        response.setHeader('Access-Control-Max-Age', daySeconds);
      }
    }
    if (request.method === 'OPTIONS') response.status(204).end();
    else next();
  };
}

/**
 * Comments of users may name a patient: they are kept encrypted (AES-256-GCM) with a key of the environment, or not at
 * all. Whoever has the database alone can't read them.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

export type SealComment = (comment: string) => string;

const algorithm = 'aes-256-gcm';
const version = '1';
const ivBytes = 12;
const tagBytes = 16;

/** @param secret COMMENT_KEY, 32 characters or more */
export function commentSeal(secret: string): SealComment {
  const key = keyFrom(secret);
  return (comment) => {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv(algorithm, key, iv);
    const sealed = Buffer.concat([cipher.update(comment.toWellFormed(), 'utf8'), cipher.final()]);
    return `${version}:${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64')}`;
  };
}

/** The comment; undefined where the key is another one or the text was changed. */
export function openComment(sealed: string, secret: string): string | undefined {
  const [found, text = ''] = sealed.split(':');
  const bytes = Buffer.from(text, 'base64');
  if (found !== version || bytes.length < ivBytes + tagBytes) return undefined;
  const decipher = createDecipheriv(algorithm, keyFrom(secret), bytes.subarray(0, ivBytes));
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  try {
    const opened = Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
    return opened.toString('utf8');
  } catch {
    return undefined;
  }
}

function keyFrom(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'vertebral-cds', 'feedback comments', 32));
}

import { createHash } from 'node:crypto';
import type { KeyedSource } from './keyed-source.ts';

/** Stands for one source and credential wherever processes meet; names neither, and holds no key. */
export const sourceIdentity = ({ options, key }: Pick<KeyedSource, 'options' | 'key'>): string =>
  createHash('sha256')
    .update([options.kind, options.name, options.url, key.fingerprint].join('\n'))
    .digest('base64url')
    .slice(0, 22);

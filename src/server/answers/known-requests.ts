import type { IncomingMessage } from 'node:http';
import type { SourceSet } from '#sources/source-set.ts';
import { callerOf, type Viewer } from '../auth/viewer.ts';
import { hashIn } from '../documents/known-documents.ts';
import { nameOfSources } from './answer-key.ts';

/** A request as it came, and how it was answered. */
export interface KnownRequest {
  /** Of the kept answer. */
  readonly key: string;
  readonly contentType: string;
  /** The hash that named the document, where one did. */
  readonly documentHash: string | null;
}

/** Everything of a request that decides which operation it is and how its answer is written; equal ones are answered alike. */
export const requestKey = (
  { method, url, headers }: IncomingMessage,
  body: string,
  viewer: Viewer,
  sources: SourceSet,
): string => {
  const { accept, 'content-type': type } = headers;
  return `${method} ${url}\n${type}\n${accept}\n${callerOf(viewer)}\n${nameOfSources(sources)}\n${body}`;
};

/**
 * How a request names its document: by a hash, or by null where it holds the document.
 * @returns undefined where it does both, which registers the document and is to do so each time; or neither, as far as is known.
 */
export const documentHashOf = ({ method, url, headers }: IncomingMessage, body: string): string | null | undefined => {
  const named = method === 'GET' ? inAddress(url) : headers['content-type']?.includes('json') ? inJson(body) : null;
  if (!named) return undefined;
  const hash = hashIn(named.extensions);
  return named.query && hash !== null ? undefined : hash;
};

type Named = { readonly query?: unknown; readonly extensions?: unknown };

const inAddress = (url = ''): Named => {
  const parameters = new URLSearchParams(url.split('?', 2)[1]);
  return { query: parameters.get('query'), extensions: inJson(parameters.get('extensions') ?? 'null') };
};

const inJson = (text: string): Named | null => {
  try {
    return JSON.parse(text) as Named | null;
  } catch {
    return null;
  }
};

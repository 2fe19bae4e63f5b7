import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Lifetime } from '../answers/answer-text.ts';
import { codingFor, compress } from './compression.ts';
import { sendTogether } from './send-together.ts';

export interface Document {
  readonly status: number;
  readonly contentType: string;
  /** Text that is sent once needs no buffer of its own. */
  readonly body: Buffer | string;
  /** Where the body is kept, its encoded forms are, too. */
  readonly encoded?: Map<string, Promise<Buffer>>;
  /** How long a client may keep it, and its name; left out: not at all. */
  readonly validity?: Lifetime & { readonly etag: string };
}

export interface WriteOptions {
  /** Bodies from this size on are compressed for those who take it; null: none. */
  readonly compressFrom: number | null;
  /** Names of the headers that hold credentials: clients with others get other answers. */
  readonly credentialHeaders: readonly string[];
  readonly now: () => number;
}

/** What an answer may be good for at most, when it has read nothing that ages. */
const LONGEST_MS = 60_000;

/** Writes one JSON document; only its name where the client has it already. */
export const writeDocument = async (
  { headers }: IncomingMessage,
  response: ServerResponse,
  { status, contentType, body, encoded, validity }: Document,
  { compressFrom, credentialHeaders, now }: WriteOptions,
): Promise<void> => {
  const bytes = Buffer.byteLength(body);
  const isLarge = compressFrom !== null && bytes >= compressFrom;
  const varied = [...(validity ? ['Accept', ...credentialHeaders] : []), ...(isLarge ? ['Accept-Encoding'] : [])];
  const vary = [response.getHeader('vary') ?? [], varied].flat(2).join(', ');
  const described = {
    ...(vary !== '' && { vary }),
    ...(validity && headersOf(validity, now())),
  };
  if (validity && isKnown(headers['if-none-match'], validity.etag))
    return void response.writeHead(304, described).end();

  const coding = isLarge ? codingFor(headers['accept-encoding']) : null;
  const sent = coding === null ? body : await inCoding(coding, body, encoded);
  await sendTogether(() => {
    if (response.destroyed) return;
    response
      .writeHead(status, {
        'content-type': contentType,
        'content-length': coding === null ? bytes : sent.length,
        ...(coding !== null && { 'content-encoding': coding }),
        ...described,
      })
      // Where each character is one byte, in the encoding that needs no room for more.
      .end(sent, bytes === sent.length ? 'latin1' : 'utf8');
  });
};

const headersOf = ({ madeAt, freshUntil, etag }: NonNullable<Document['validity']>, now: number) => {
  const seconds = Math.floor((Math.min(freshUntil, now + LONGEST_MS) - madeAt) / 1000);
  return {
    etag,
    'cache-control': seconds > 0 ? `private, max-age=${seconds}` : 'private, no-cache',
    age: String(Math.max(0, Math.floor((now - madeAt) / 1000))),
  };
};

/** Compared weakly (RFC 9110, section 13.1.2). */
const isKnown = (ifNoneMatch: string | undefined, etag: string): boolean => {
  if (ifNoneMatch === undefined) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => opaque(tag) === opaque(etag));
};

const inCoding = (coding: string, body: Buffer | string, encoded: Document['encoded']): Promise<Buffer> => {
  const known = encoded?.get(coding) ?? compress(coding, Buffer.from(body));
  encoded?.set(coding, known);
  return known;
};

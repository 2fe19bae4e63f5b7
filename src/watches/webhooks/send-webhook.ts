import { Agent, errors, request } from 'undici';
import type { Clock } from '#sources/transport/clock.ts';
import type { WebhookOptions } from '../watch.ts';
import { PrivateAddressError, publicLookup, type Resolve, refusePrivateHost } from './public-addresses.ts';
import { signedHeaders } from './sign.ts';

interface Message {
  readonly id: string;
  readonly body: string;
}

/** How an attempt ended; `failure` names what failed, and nothing that the receiver said. */
export type Outcome =
  | { readonly isDelivered: true }
  | {
      readonly isDelivered: false;
      readonly failure: string;
      /** As long as the receiver asked for. */
      readonly retryAfterMs: number;
      /** The receiver wants nothing more. */
      readonly isFinal: boolean;
    };

export type SendWebhook = (webhook: WebhookOptions, message: Message, signal: AbortSignal) => Promise<Outcome>;

export interface Sender {
  readonly send: SendWebhook;
  close(): Promise<void>;
}

/** Of an answer, read before it is dropped. */
const MOST_ANSWER_BYTES = 16_384;

/** One attempt is one connection: to what its host is at that moment. Redirects are not followed. */
export const createSender = (clock: Clock, resolve?: Resolve): Sender => {
  const anywhere = new Agent({ pipelining: 0, ...(resolve && { connect: { lookup: resolve as never } }) });
  const publicOnly = new Agent({ pipelining: 0, connect: { lookup: publicLookup(resolve) } });
  return {
    send: async ({ url: address, secret, allowPrivate, timeoutMs }, { id, body }, signal) => {
      const url = new URL(address.reveal());
      const timeout = new AbortController();
      const callOff = clock.after(timeoutMs, () => timeout.abort());
      try {
        if (!allowPrivate) refusePrivateHost(url);
        const timestamp = Math.floor(clock.now() / 1000);
        const {
          statusCode,
          headers,
          body: answer,
        } = await request(url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'user-agent': 'inventory-gateway',
            ...signedHeaders(secret, { id, timestamp, body }),
          },
          body,
          dispatcher: allowPrivate ? anywhere : publicOnly,
          signal: AbortSignal.any([signal, timeout.signal]),
          headersTimeout: 0,
          bodyTimeout: 0,
        });
        await answer.dump({ limit: MOST_ANSWER_BYTES }).catch(() => {});
        return outcomeOf(statusCode, headers['retry-after'], clock.now());
      } catch (error) {
        return failed(timeout.signal.aborted ? 'TIMEOUT' : failureOf(error));
      } finally {
        callOff();
      }
    },
    close: async () => {
      await Promise.all([anywhere.destroy(), publicOnly.destroy()]);
    },
  };
};

const failed = (failure: string, retryAfterMs = 0, isFinal = false): Outcome => ({
  isDelivered: false,
  failure,
  retryAfterMs,
  isFinal,
});

const GONE = 410;

const outcomeOf = (status: number, retryAfter: string | string[] | undefined, now: number): Outcome => {
  if (status >= 200 && status < 300) return { isDelivered: true };
  if (status >= 300 && status < 400) return failed('REDIRECT');
  return failed(`STATUS_${status}`, retryAfterOf(retryAfter, now), status === GONE);
};

const LONGEST_RETRY_AFTER_MS = 24 * 60 * 60_000;

/** Seconds or a date (RFC 9110, section 10.2.3). */
const retryAfterOf = (header: string | string[] | undefined, now: number): number => {
  if (typeof header !== 'string') return 0;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.min(LONGEST_RETRY_AFTER_MS, Math.max(0, ms)) : 0;
};

const failureOf = (error: unknown): string => {
  if (error instanceof PrivateAddressError) return 'PRIVATE_ADDRESS';
  if (error instanceof errors.ConnectTimeoutError) return 'TIMEOUT';
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && /^[A-Z_]+$/.test(code) ? code : 'UNREACHABLE';
};

import { UpstreamError } from '#lib/gateway-error.ts';

/** Why an upstream does not take the key; `unknown`: it does not say. */
export type KeyRefusal = 'unknown' | 'disabled' | 'expired';

const REASON: Readonly<Record<KeyRefusal, string>> = {
  unknown: '',
  disabled: ': the key is disabled',
  expired: ': the key has expired',
};

/** The upstream refuses whatever is asked with this key, so that asking goes on only now and then. */
export class KeyRefusedError extends UpstreamError {
  readonly refusal: KeyRefusal;

  constructor(source: string, refusal: KeyRefusal, retryAfterSeconds?: number) {
    const message = `The source "${source}" refused its credential${REASON[refusal]}.`;
    super('UPSTREAM_UNAUTHORIZED', source, message, retryAfterSeconds === undefined ? {} : { retryAfterSeconds });
    this.name = 'KeyRefusedError';
    this.refusal = refusal;
  }
}

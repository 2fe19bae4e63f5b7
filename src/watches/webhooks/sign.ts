import { createHmac } from 'node:crypto';
import type { Secret } from '#lib/secret.ts';

interface Message {
  readonly id: string;
  /** Of this attempt, in seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
}

const PREFIX = 'whsec_';

/** The headers of the Standard Webhooks specification. */
export const signedHeaders = (secret: Secret, { id, timestamp, body }: Message): Record<string, string> => {
  const key = Buffer.from(secret.reveal().slice(PREFIX.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signature}`,
  };
};

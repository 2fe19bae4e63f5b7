import { type IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** Answers are data: never framed, sniffed, cached by strangers, or sent on as a referrer. */
const DEFAULTS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

/** A response that says so in its headers, whoever writes it, unless who writes it says something else. */
export class SecuredResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  requestId: string | null = null;

  /** @param rest the headers, their names in lower case */
  override writeHead(status: number, ...rest: readonly unknown[]): this {
    const headers = rest.at(-1) as OutgoingHttpHeaders | undefined;
    const defaults = this.requestId === null ? DEFAULTS : { ...DEFAULTS, 'x-request-id': this.requestId };
    // Nearly every answer: its headers need no table first.
    if (this.getHeaderNames().length === 0) return super.writeHead(status, { ...defaults, ...headers });
    for (const [name, value] of Object.entries(defaults)) if (!this.hasHeader(name)) this.setHeader(name, value);
    return super.writeHead(status, headers);
  }
}

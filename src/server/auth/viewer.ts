import type { IncomingHttpHeaders } from 'node:http';
import type { GatewayConfig } from '#config/config.ts';
import { GatewayError } from '#lib/gateway-error.ts';
import type { Secret } from '#lib/secret.ts';

/** The caller of a request, identified before the operation is parsed. */
export interface Viewer {
  /** Names the caller in logs and limits; no secret. */
  readonly id: string;
  readonly tenant: string | null;
  /** Names of the sources that exist for this viewer; null: all. */
  readonly sources: readonly string[] | null;
  /** The caller's own upstream keys by source name; only in mode `passthrough`. */
  readonly credentials: ReadonlyMap<string, Secret> | null;
  /** Epoch milliseconds at which the credential expires and everything sent to the viewer ends; left out: never. */
  readonly expiresAt?: number;
}

const callers = new WeakMap<Viewer, string>();

/** Distinguishes a viewer from all others, except by what keys they bring. */
export const callerOf = (viewer: Viewer): string => {
  const known = callers.get(viewer) ?? JSON.stringify([viewer.tenant, viewer.id]);
  callers.set(viewer, known);
  return known;
};

/** Identifies the caller of a request. @throws GatewayError UNAUTHENTICATED or FORBIDDEN. */
export type Authenticator = (headers: IncomingHttpHeaders) => Viewer | Promise<Viewer>;

export type AuthOptions = GatewayConfig['auth'];

/** A caller of a tenant has that tenant's sources. @throws GatewayError FORBIDDEN for a tenant that is not configured. */
export const tenantViewer = (auth: AuthOptions, id: string, tenant: string | null): Viewer => {
  if (tenant === null) return { id, tenant, sources: null, credentials: null };
  const known = Object.hasOwn(auth.tenants, tenant) ? auth.tenants[tenant] : undefined;
  if (!known) throw new GatewayError('FORBIDDEN', 'Your tenant has no sources here.');
  return { id, tenant, sources: known.sources, credentials: null };
};

/** The token of `Authorization: Bearer …`, or null. */
export const bearerToken = ({ authorization }: IncomingHttpHeaders): string | null =>
  /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? null;

/** The longest time that a timer can have. No connection is open for that long. */
const LONGEST_MS = 2 ** 31 - 1;

/** Calls `end` when the viewer's credential expires. @returns a function that cancels this. */
export const whenExpired = ({ expiresAt }: Viewer, end: () => void): (() => void) => {
  if (expiresAt === undefined) return () => {};
  const timer = setTimeout(end, Math.min(LONGEST_MS, Math.max(0, expiresAt - Date.now())));
  timer.unref();
  return () => clearTimeout(timer);
};

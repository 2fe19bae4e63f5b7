import type { GatewayConfig } from '#config/config.ts';
import { GatewayError } from '#lib/gateway-error.ts';
import type { Viewer } from './viewer.ts';

export type AuthOptions = GatewayConfig['auth'];

/** A caller of a tenant has that tenant's sources. @throws GatewayError FORBIDDEN for a tenant that is not configured. */
export const tenantViewer = (auth: AuthOptions, id: string, tenant: string | null): Viewer => {
  if (tenant === null) return { id, tenant, sources: null, credentials: null };
  const known = Object.hasOwn(auth.tenants, tenant) ? auth.tenants[tenant] : undefined;
  if (!known) throw new GatewayError('FORBIDDEN', 'Your tenant has no sources here.');
  return { id, tenant, sources: known.sources, credentials: null };
};

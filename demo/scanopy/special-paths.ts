import { type DemoAnswer, jsonAnswer } from '../http.ts';
import { DEMO_SECRET } from './demo-secrets.ts';
import { errorReply, okReply, pageReply } from './envelope.ts';
import type { WireVersion } from './wire-version.ts';

/** Paths that neither count against a limit nor ask for a key. Health has no `meta`. */
export function openPath(wire: WireVersion, path: string): DemoAnswer | null {
  const { version } = wire;
  if (path === '/api/health') {
    return jsonAnswer(200, { success: true, data: `Scanopy Server ${version}`, error: null });
  }
  if (path !== '/api/config') return null;
  const config = {
    server_port: 60072,
    public_url: 'http://demo.invalid',
    deployment_type: 'community',
    disable_registration: true,
    billing_enabled: false,
    has_integrated_daemon: false,
    has_email_service: false,
    has_email_opt_in: false,
    needs_cookie_consent: false,
    oidc_providers: [],
    posthog_key: DEMO_SECRET.analyticsKey,
  };
  return {
    ...okReply(version, config),
    headers: { 'content-type': 'application/json', 'cache-control': 'max-age=3600' },
  };
}

const SESSION_ONLY = /^(organizations|users\/.+|auth\/keys.*|topology\/stream)$/;

/** What a Viewer's key is refused, and the credentials it is not; null for every other path. */
export function restrictedPath(wire: WireVersion, path: string): DemoAnswer | null {
  if (SESSION_ONLY.test(path)) {
    const code = 'auth_user_context_required';
    return errorReply(wire.version, { status: 403, code, error: 'This endpoint requires a user session' });
  }
  if (path === 'users') return permissionDenied(wire);
  if (path === (wire.has('snmpCredential') ? 'snmp-credentials' : 'credentials')) return credentials(wire);
  return null;
}

export const permissionDenied = ({ version }: WireVersion): DemoAnswer =>
  errorReply(version, {
    status: 403,
    code: 'auth_permission_denied',
    error: "You don't have permission to perform this action",
  });

/** Sent in full, as servers do: whoever exposes it fails the search for secrets. */
function credentials({ version }: WireVersion): DemoAnswer {
  const credential = {
    id: DEMO_SECRET.credentialId,
    name: 'Switches',
    credential_type: { type: 'SnmpV2c', community: DEMO_SECRET.snmpCommunity, token: DEMO_SECRET.integrationToken },
    created_by: DEMO_SECRET.userEmail,
    daemon_key: DEMO_SECRET.daemonKey,
  };
  return pageReply(version, [credential], { total: 1, limit: 50, offset: 0 });
}

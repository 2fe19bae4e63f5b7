import type { DemoAnswer } from '../http.ts';
import { DEMO_SECRET } from './demo-secrets.ts';
import { errorReply, pageReply } from './envelope.ts';
import type { WireVersion } from './wire-version.ts';

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

import { type DemoAnswer, jsonAnswer } from '../http.ts';
import { DEMO_SECRET } from './demo-secrets.ts';
import { okReply } from './envelope.ts';
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

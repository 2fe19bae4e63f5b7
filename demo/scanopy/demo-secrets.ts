/**
 * Everything the demo Scanopy server sends that must never leave a gateway: each value is unmistakable, so a test can
 * search an answer, a log or a metric for all of them.
 */
export const DEMO_SECRET = {
  credentialId: '5ec2e700-0000-4000-8000-00000000c0de',
  userId: '5ec2e700-0000-4000-8000-0000000000e5',
  userEmail: 'demo-secret-person@secret.invalid',
  snmpCommunity: 'demo-secret-snmp-community',
  integrationToken: 'demo-secret-integration-token',
  daemonKey: 'demo-secret-daemon-key',
  analyticsKey: 'demo-secret-analytics-key',
  databaseError: 'demo-secret-relation "hosts" does not exist',
} as const;

export const DEMO_SECRETS: readonly string[] = Object.values(DEMO_SECRET);

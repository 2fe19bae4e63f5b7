import { describe, expect, it } from 'vitest';
import { refusalOf } from '../support/kubernetes/helm.ts';
import { needs } from '../support/tools.ts';

/** To a key of a Secret, as it stands in a configuration. */
const reference = (name: string): string => `\${${name}}`;

const watchWith = (webhook: object) => ({ name: 'a', operation: 'hosts', condition: 'changed', webhooks: [webhook] });

describe('values that work', needs('Helm'), () => {
  it.each([reference('SCANOPY_API_KEY'), reference('file:/run/secrets/inventory/SCANOPY_API_KEY')])(
    'take a key by a reference such as %s',
    (apiKey) => {
      const sources = [{ name: 'a', kind: 'scanopy', url: 'https://scanopy.example.com', apiKey }];
      const webhook = { url: apiKey, secret: apiKey };
      expect(refusalOf({ config: { sources, watches: [watchWith(webhook)] } })).toBeNull();
    },
  );
});

describe('values that would not work', needs('Helm'), () => {
  it.each([
    [
      'a key that is written out',
      { config: { sources: [{ name: 'a', kind: 'scanopy', url: 'u', apiKey: 'hunter2' }] } },
      'config.sources[0].apiKey: expected a reference',
    ],
    [
      'a secret of a webhook that is written out',
      { config: { watches: [watchWith({ url: reference('HOOK_URL'), secret: 'hunter2' })] } },
      'config.watches[0].webhooks[0].secret: expected a reference',
    ],
    [
      'an address of a webhook that is written out, which may hold a token',
      {
        config: {
          watches: [watchWith({ url: 'https://hooks.example.com/hunter2', secret: reference('HOOK_SECRET') })],
        },
      },
      'config.watches[0].webhooks[0].url: expected a reference',
    ],
    [
      'watches of several replicas, each of which would send the events',
      { replicaCount: 2, valkey: { existingSecret: 'x' }, config: { watches: [watchWith({})] } },
      'config.watches: expected none with several replicas',
    ],
    ['several replicas without a Valkey', { replicaCount: 3 }, 'valkey.existingSecret: expected a Secret'],
    [
      'several replicas on one volume',
      { replicaCount: 3, valkey: { existingSecret: 'x' }, persistence: { enabled: true } },
      'persistence.enabled: expected false with several replicas',
    ],
    [
      'too little time to end',
      { terminationGracePeriodSeconds: 20 },
      'terminationGracePeriodSeconds: expected more than the 20 s',
    ],
    [
      'fewer replicas at most than at least',
      { autoscaling: { enabled: true, minReplicas: 9 } },
      'autoscaling.minReplicas: expected at most',
    ],
    ['a port in the configuration', { config: { server: { port: 80 } } }, 'set ports.http and ports.operator'],
    ['an address with a password', { config: { redis: { url: 'redis://:hunter2@x' } } }, 'valkey.existingSecret'],
    [
      'a history that fills its volume',
      { config: { history: { maxBytes: 600_000_000 } } },
      'config.history.maxBytes: expected at most half of persistence.ephemeralSize (1Gi), beyond which there is no room for snapshots, got 600000000',
    ],
    ['another folder', { config: { index: { directory: '/data' } } }, 'config.index.directory: expected nothing'],
    [
      'a monitor that would be refused',
      { serviceMonitor: { enabled: true }, config: { server: { operator: { token: reference('TOKEN') } } } },
      'serviceMonitor.tokenSecret: expected the Secret',
    ],
    ['a text for a number', { replicaCount: 'two' }, "at '/replicaCount': got string, want integer"],
    ['a value that does not exist', { replicas: 2 }, "additional properties 'replicas' not allowed"],
    [
      'a section that the configuration lacks',
      { config: { sauces: [] } },
      "at '/config': additional properties 'sauces' not allowed",
    ],
    [
      'a pod that runs as root',
      { podSecurityContext: { runAsNonRoot: false } },
      "at '/podSecurityContext/runAsNonRoot'",
    ],
    ['a memory limit it cannot halve', { resources: { limits: { memory: '1G' } } }, "at '/resources/limits/memory'"],
  ])('refuses %s, and says where', (_, given, expected) => {
    const refusal = refusalOf(given);
    expect(refusal).toContain(expected);
    expect(refusal).not.toContain('hunter2');
  });
});

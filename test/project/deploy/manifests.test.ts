import { describe, expect, it } from 'vitest';
import { readQuestions } from '#questions/read-questions.ts';
import { defineWatches } from '#watches/define-watches.ts';
import { schema } from '../../../src/schema.ts';
import { loadedConfig } from '../../support/kubernetes/loaded-config.ts';
import { read, readYaml } from './read-deploy.ts';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

interface Pod {
  readonly containers: readonly {
    readonly ports: readonly { readonly containerPort: number }[];
    readonly env: readonly { readonly name: string; readonly value?: string }[];
    readonly envFrom: readonly { readonly secretRef: object }[];
    readonly readinessProbe: { readonly httpGet: { readonly path: string } };
    readonly livenessProbe: { readonly httpGet: { readonly path: string } };
    readonly resources: { readonly limits: { readonly memory: string } };
    readonly securityContext: object;
  }[];
  readonly securityContext: { readonly runAsNonRoot: boolean };
  readonly terminationGracePeriodSeconds: number;
  readonly volumes: readonly { readonly emptyDir?: { readonly sizeLimit: string } }[];
}

interface ComposeService {
  readonly environment?: Record<string, string>;
  readonly mem_limit?: string;
}

/** Half of a memory limit in GiB is the heap's. */
const nodeOptionsFor = (limit: string | undefined): string =>
  `--max-old-space-size=${Number.parseFloat(limit ?? '') * 512}`;

const names = (text: string): string[] => [...new Set([...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name ?? ''))];

// Parsed and held against the code; no container or cluster is started here.
describe('what is deployed', () => {
  it('has a configuration that the gateway accepts, with authentication and the production profile', () => {
    const [map] = readYaml<{ data: { 'config.yaml': string } }>('deploy/kubernetes/config-map.yaml');
    for (const yaml of [read('deploy/config.example.yaml'), map?.data['config.yaml'] ?? '']) {
      const config = loadedConfig(yaml);
      expect(config.auth.mode).toBe('api-key');
      expect(config.server.profile).toBe('production');
      expect(config.sources.map((source) => source.kind)).toEqual(['scanorbit', 'scanopy']);
    }
  });

  it('shows a watched question that the gateway accepts once it is no comment any more', () => {
    const yaml = read('deploy/config.example.yaml').replace(/^# ((?:watches:| {2}).*)$/gm, '$1');
    const secret = `whsec_${Buffer.alloc(32).toString('base64')}`;
    const { watches } = loadedConfig(yaml, { HOOK_URL: 'https://hooks.example.com/token', HOOK_SECRET: secret });
    expect(defineWatches(watches, schema, readQuestions(schema, null))).toMatchObject([
      { name: 'exposed-machines', viewer: 'frontend', condition: 'changed', webhooks: [{ attempts: 10 }] },
    ]);
  });

  it('compose gives the gateway every variable its configuration refers to', () => {
    const [compose] = readYaml<{ services: Record<string, ComposeService> }>('compose.yaml');
    const { environment = {}, mem_limit } = compose?.services.gateway ?? {};
    expect(Object.keys(compose?.services ?? {})).toEqual(['gateway', 'valkey']);
    expect(environment.NODE_OPTIONS).toBe(nodeOptionsFor(mem_limit));
    expect(Object.keys(environment)).toEqual(expect.arrayContaining(names(read('deploy/config.example.yaml'))));
  });

  it('Kubernetes: every manifest is listed, probes request paths that exist, nothing runs as root, secrets come by reference', () => {
    const [list] = readYaml<{ resources: string[] }>('deploy/kubernetes/kustomization.yaml');
    const manifests = (list?.resources ?? []).flatMap((file) => readYaml<Manifest>(`deploy/kubernetes/${file}`));
    expect(manifests.map(({ kind }) => kind)).toEqual([
      'ConfigMap',
      'Deployment',
      'Service',
      'HorizontalPodAutoscaler',
      'PodDisruptionBudget',
    ]);
    const deployment = manifests[1] as unknown as { spec: { template: { spec: Pod }; replicas?: number } };
    const pod = deployment.spec.template.spec;
    const [gateway] = pod.containers;
    expect(deployment.spec.replicas).toBeUndefined();
    expect(pod.securityContext.runAsNonRoot).toBe(true);
    expect(gateway?.livenessProbe.httpGet.path).toBe('/healthz');
    expect(gateway?.readinessProbe.httpGet.path).toBe('/readyz');
    expect(gateway?.envFrom).toEqual([{ secretRef: { name: 'inventory-gateway' } }]);
    expect(gateway?.env.map(({ name }) => name)).toEqual(['INVENTORY_CONFIG', 'NODE_OPTIONS']);
    expect(gateway?.env[1]?.value).toBe(nodeOptionsFor(gateway?.resources.limits.memory));
    expect(pod.terminationGracePeriodSeconds * 1000).toBeGreaterThan(
      loadedConfig(read('deploy/config.example.yaml')).server.shutdownGraceMs,
    );
  });

  it('Kubernetes: the folder of the index has room for the whole history, beyond which the pod would be evicted', () => {
    const [map] = readYaml<{ data: { 'config.yaml': string } }>('deploy/kubernetes/config-map.yaml');
    const [deployment] = readYaml<{ spec: { template: { spec: Pod } } }>('deploy/kubernetes/deployment.yaml');
    const [limit] = deployment?.spec.template.spec.volumes.flatMap(({ emptyDir }) => emptyDir?.sizeLimit ?? []) ?? [];
    expect(limit).toMatch(/^\d+Gi$/);
    const { history } = loadedConfig(map?.data['config.yaml'] ?? '');
    // As much again for snapshots, and for journals.
    expect(Number.parseInt(limit ?? '', 10) * 2 ** 30).toBeGreaterThan(2 * history.maxBytes);
  });
});

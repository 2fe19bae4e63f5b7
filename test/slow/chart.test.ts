import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../project/deploy/read-deploy.ts';
import { CHART, helm, rendered } from '../support/kubernetes/helm.ts';
import { loadedConfig } from '../support/kubernetes/loaded-config.ts';
import { type KubernetesObject, objectProblems } from '../support/kubernetes/object-problems.ts';
import { needs } from '../support/tools.ts';

interface Rendered extends KubernetesObject {
  readonly spec: {
    readonly replicas?: number;
    readonly strategy?: { readonly type?: string };
    readonly template: { readonly metadata: KubernetesObject['metadata']; readonly spec: Pod };
    readonly selector: Readonly<Record<string, string>> & { readonly matchLabels?: Readonly<Record<string, string>> };
    readonly endpoints: readonly object[];
    readonly groups: unknown;
  };
  readonly data: { readonly 'config.yaml': string };
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly env: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
}

interface Pod {
  readonly containers: readonly Container[];
  readonly volumes: readonly {
    readonly name: string;
    readonly emptyDir?: object;
    readonly persistentVolumeClaim?: object;
  }[];
}

const values = (name: string): string[] => [join(CHART, 'ci', `${name}-values.yaml`)];
const SETS: Readonly<Record<string, readonly string[]>> = {
  default: [],
  production: values('production'),
  single: values('single'),
  subgraph: values('subgraph'),
};
const KINDS = ['ServiceAccount', 'ConfigMap', 'Service', 'Deployment'];

const objectsOf = (set: string): Rendered[] => rendered(SETS[set]) as Rendered[];
const ofKind = (objects: readonly Rendered[], kind: string): Rendered => {
  const found = objects.find((object) => object.kind === kind);
  if (!found) throw new Error(`Expected a ${kind}, got ${objects.map((object) => object.kind)}.`);
  return found;
};
const plain = (file: string): Rendered => readYaml<Rendered>(`deploy/kubernetes/${file}.yaml`)[0] as Rendered;

describe('the chart, by the real helm', needs('Helm'), () => {
  it('has a set of values for every file of examples', () => {
    expect(readdirSync(join(CHART, 'ci')).toSorted()).toEqual(
      Object.keys(SETS)
        .filter((set) => set !== 'default')
        .map((set) => `${set}-values.yaml`),
    );
  });

  it.each(Object.keys(SETS))('passes helm lint with the values "%s"', (set) => {
    const { ok, output } = helm(['lint', '--strict', CHART], SETS[set]);
    expect(output).toContain('0 chart(s) failed');
    expect(ok).toBe(true);
  });

  it.each([
    ['default', KINDS],
    [
      'production',
      [
        ...KINDS,
        'Service',
        'HorizontalPodAutoscaler',
        'PodDisruptionBudget',
        'NetworkPolicy',
        'Ingress',
        'ServiceMonitor',
        'PrometheusRule',
      ],
    ],
    ['single', [...KINDS, 'PersistentVolumeClaim']],
    ['subgraph', [...KINDS.slice(1), 'PodDisruptionBudget', 'NetworkPolicy']],
  ] as const)('makes of the values "%s" only objects that Kubernetes would take', async (set, kinds) => {
    const objects = objectsOf(set);
    expect(objects.map(({ kind }) => kind).toSorted()).toEqual(kinds.toSorted());
    expect(await objectProblems(objects)).toEqual([]);
  });

  it('is checked by schemas that refuse a field that does not exist, a wrong type and a value that is none of a few', async () => {
    const [service] = objectsOf('default').filter(({ kind }) => kind === 'Service');
    const broken = (spec: object): KubernetesObject =>
      ({ ...service, spec: { ...service?.spec, ...spec } }) as KubernetesObject;
    const rule = ofKind(objectsOf('production'), 'PrometheusRule');
    const problems = await Promise.all([
      objectProblems([broken({ seletor: {} })]),
      objectProblems([broken({ ports: [{ port: 'eighty' }] })]),
      objectProblems([broken({ type: 'Balanced' })]),
      objectProblems([
        { ...rule, spec: { groups: [{ name: 'x', rules: [{ allert: 'y', expr: '1' }] }] } } as KubernetesObject,
      ]),
    ]);
    for (const [i, pattern] of [/seletor/, /port/, /type|Balanced/, /allert/].entries())
      expect(problems[i]?.join('\n')).toMatch(pattern);
  });

  it('the plain manifests are objects that Kubernetes would take, too', async () => {
    const [list] = readYaml<{ resources: string[] }>('deploy/kubernetes/kustomization.yaml');
    const objects = (list?.resources ?? []).flatMap((file) => readYaml<KubernetesObject>(`deploy/kubernetes/${file}`));
    expect(objects.length).toBeGreaterThan(4);
    expect(await objectProblems(objects)).toEqual([]);
  });

  it.each(Object.keys(SETS))('gives the gateway a configuration that it accepts, with the values "%s"', (set) => {
    const objects = objectsOf(set);
    const config = loadedConfig(ofKind(objects, 'ConfigMap').data['config.yaml']);
    expect(config.server).toMatchObject({ profile: 'production', operator: { port: 9464, open: false } });
    expect(config.auth.mode).not.toBe('none');
    const [gateway] = ofKind(objects, 'Deployment').spec.template.spec.containers;
    expect(gateway?.env).toContainEqual({ name: 'PORT', value: String(config.server.port) });
    expect(gateway?.env).toContainEqual({ name: 'INVENTORY_CONFIG', value: '/etc/inventory-gateway/config.yaml' });
  });

  it('makes of several replicas what the plain manifests are', () => {
    const objects = objectsOf('production');
    const ours = ofKind(objects, 'Deployment').spec;
    const theirs = plain('deployment').spec;
    const without = ({
      containers,
      ...pod
    }: Pod & { serviceAccountName?: string; topologySpreadConstraints?: unknown }) => {
      const { serviceAccountName: _account, topologySpreadConstraints: _spread, volumes: _volumes, ...rest } = pod;
      return rest;
    };
    const container = (pod: Pod) => {
      const {
        image: _image,
        imagePullPolicy: _policy,
        env: _env,
        envFrom: _from,
        resources: _resources,
        ...rest
      } = pod.containers[0] as Container & Record<string, unknown>;
      return rest;
    };
    expect(ours.replicas).toBeUndefined();
    expect(ours.strategy).toEqual({ type: 'RollingUpdate', ...theirs.strategy });
    expect(without(ours.template.spec)).toEqual(without(theirs.template.spec));
    expect(container(ours.template.spec)).toEqual(container(theirs.template.spec));
    expect(ours.template.spec.volumes.at(-1)).toEqual(theirs.template.spec.volumes.at(-1));
    expect(ofKind(objects, 'HorizontalPodAutoscaler').spec).toEqual({
      ...plain('horizontal-pod-autoscaler').spec,
      scaleTargetRef: expect.objectContaining({
        kind: 'Deployment',
        name: ofKind(objects, 'Deployment').metadata.name,
      }),
    });
    expect(ofKind(objects, 'PodDisruptionBudget').spec).toMatchObject({ minAvailable: 1 });
  });

  it('takes the Valkey and the PostgreSQL from existing Secrets, and makes no Secret', () => {
    for (const set of Object.keys(SETS)) expect(objectsOf(set).map(({ kind }) => kind)).not.toContain('Secret');
    const [gateway] = ofKind(objectsOf('production'), 'Deployment').spec.template.spec.containers;
    const from = (name: string) => ({ secretKeyRef: { name: `inventory-gateway-${name}`, key: 'url' } });
    expect(gateway?.env).toContainEqual({ name: 'REDIS_URL', valueFrom: from('valkey') });
    expect(gateway?.env).toContainEqual({ name: 'HISTORY_URL', valueFrom: from('postgresql') });
  });

  it('gives half of the memory limit to the heap', () => {
    const heaps = Object.keys(SETS).map((set) => {
      const [gateway] = ofKind(objectsOf(set), 'Deployment').spec.template.spec.containers;
      return gateway?.env.find(({ name }) => name === 'NODE_OPTIONS')?.value;
    });
    expect(heaps).toEqual([512, 1024, 384, 512].map((size) => `--max-old-space-size=${size}`));
  });

  it('keeps the snapshots of a single replica on a volume that outlives it, and never runs two on one volume', () => {
    const objects = objectsOf('single');
    const { strategy, template } = ofKind(objects, 'Deployment').spec;
    const claim = ofKind(objects, 'PersistentVolumeClaim');
    expect(strategy).toEqual({ type: 'Recreate' });
    expect(template.spec.volumes.at(-1)).toEqual({
      name: 'inventory',
      persistentVolumeClaim: { claimName: claim.metadata.name },
    });
    expect(claim.metadata).toMatchObject({ annotations: { 'helm.sh/resource-policy': 'keep' } });
  });

  it('mounts the trusted documents that the configuration of a subgraph names', () => {
    const objects = objectsOf('subgraph');
    const config = loadedConfig(ofKind(objects, 'ConfigMap').data['config.yaml']);
    const [gateway] = ofKind(objects, 'Deployment').spec.template.spec.containers;
    const mount = gateway?.volumeMounts.find(({ name }) => name === 'documents');
    expect(config.persisted).toMatchObject({
      trustedOnly: true,
      manifest: `${mount?.mountPath}/persisted-documents.json`,
    });
    expect(config.federation.enabled).toBe(true);
  });

  it('has Prometheus scrape the pods under the name that alerts know, and carries the alerts of deploy/prometheus', () => {
    const objects = objectsOf('production');
    const monitor = ofKind(objects, 'ServiceMonitor');
    const scraped = objects.filter(
      ({ kind, metadata }) =>
        kind === 'Service' &&
        Object.entries(monitor.spec.selector.matchLabels ?? {}).every(
          ([key, value]) => metadata.labels?.[key] === value,
        ),
    );
    const pods = ofKind(objects, 'Deployment').spec.template.metadata.labels;
    expect(scraped.map(({ metadata }) => metadata.name)).toEqual(['gateway-inventory-gateway-operator']);
    expect(pods).toMatchObject(scraped[0]?.spec.selector ?? {});
    expect(monitor.spec.endpoints).toMatchObject([
      { port: 'operator', path: '/metrics', relabelings: [{ targetLabel: 'job', replacement: 'inventory-gateway' }] },
    ]);
    const [alerts] = readYaml<object>('deploy/prometheus/alerts.yaml');
    expect(ofKind(objects, 'PrometheusRule').spec).toEqual(alerts);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { startScanopyDemo } from '#demo/scanopy/server.ts';
import { startScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { createWorld } from '#demo/world/world.ts';
import { createGateway } from '#server/create-gateway.ts';
import { rendered } from '../support/kubernetes/helm.ts';
import { loadedConfig } from '../support/kubernetes/loaded-config.ts';
import { needs } from '../support/tools.ts';

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

interface Deployed {
  readonly kind: string;
  readonly data: { readonly 'config.yaml': string };
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
      readonly spec: {
        readonly containers: readonly (Readonly<Record<`${'startup' | 'liveness' | 'readiness'}Probe`, Probe>> & {
          readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
        })[];
      };
    };
  };
}

describe('a gateway with the configuration of the chart', needs('Helm'), () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.toReversed()) await close();
  });

  it('answers the probes of its pod and the path that is scraped, on the ports that the pod names', async () => {
    const objects = rendered() as unknown as Deployed[];
    const pod = objects.find(({ kind }) => kind === 'Deployment')?.spec.template;
    const [container] = pod?.spec.containers ?? [];
    const world = createWorld({ seed: 9, resources: 160, findings: 20, hosts: 160 });
    const cloud = await startScanOrbitDemo({ edition: 'observed', world: world.cloud });
    const network = await startScanopyDemo({
      version: '0.16.0',
      apiKey: `scp_u_${'0'.repeat(32)}`,
      world: world.network,
    });
    closing.push(cloud.close, network.close);
    const yaml = objects.find(({ kind }) => kind === 'ConfigMap')?.data['config.yaml'] ?? '';
    const config = loadedConfig(yaml, {
      SCANORBIT_URL: cloud.url,
      SCANORBIT_API_KEY: cloud.apiKey,
      SCANOPY_URL: network.url,
      SCANOPY_API_KEY: network.apiKey,
    });
    const ports = new Map(container?.ports.map(({ name, containerPort }) => [name, containerPort]));
    expect([ports.get('http'), ports.get('operator')]).toEqual([config.server.port, config.server.operator.port]);

    // On any free ports, and without a folder: everything else is as in the pod.
    const gateway = await createGateway({
      ...config,
      server: { ...config.server, host: '127.0.0.1', port: 0, operator: { ...config.server.operator, port: 0 } },
      index: { ...config.index, directory: null },
      log: { level: 'silent' },
    });
    closing.push(gateway.close);
    for (const probe of [container?.startupProbe, container?.livenessProbe, container?.readinessProbe]) {
      expect(probe?.httpGet.port).toBe('http');
      expect((await fetch(new URL(probe?.httpGet.path ?? '', gateway.url))).status).toBe(200);
    }
    const { annotations = {} } = pod?.metadata ?? {};
    expect(annotations['prometheus.io/port']).toBe(String(config.server.operator.port));
    const metrics = await fetch(new URL(annotations['prometheus.io/path'] ?? '', gateway.operatorUrl ?? ''));
    expect(await metrics.text()).toContain('inventory_source_up');
    expect((await fetch(new URL(annotations['prometheus.io/path'] ?? '', gateway.url))).status).toBe(403);
  });
});

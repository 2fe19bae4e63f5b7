import { readlinkSync, realpathSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configSchema } from '#sources/kinds.ts';
import { loadedConfig } from '../../support/kubernetes/loaded-config.ts';
import { read, readYaml } from './read-deploy.ts';

const CHART = 'deploy/helm/inventory-gateway';

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
}

interface Values {
  readonly [name: string]: unknown;
  readonly autoscaling: { readonly minReplicas: number; readonly maxReplicas: number };
  readonly config: object;
  readonly ports: { readonly http: number; readonly operator: number };
  readonly terminationGracePeriodSeconds: number;
  readonly preStopSeconds: number;
  readonly persistence: { readonly size: string; readonly ephemeralSize: string };
}

const values = parse(read(`${CHART}/values.yaml`)) as Values;
const schema = JSON.parse(read(`${CHART}/values.schema.json`)) as Schema;
const config = loadedConfig(JSON.stringify(values.config));

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
const leaves = (value: unknown, path = ''): [path: string, value: unknown][] =>
  isMap(value)
    ? Object.entries(value).flatMap(([key, item]) => leaves(item, path === '' ? key : `${path}.${key}`))
    : [[path, value]];

/** Maps of the schema that allow any key, by a path. */
const openMaps = (part: Schema, path = ''): string[] => [
  ...(part.type === 'object' && part.properties && part.additionalProperties !== false ? [path] : []),
  ...Object.entries(part.properties ?? {}).flatMap(([key, item]) =>
    openMaps(item, path === '' ? key : `${path}.${key}`),
  ),
];

describe('the chart', () => {
  it('has the defaults of the plain manifests', () => {
    const [map] = readYaml<{ data: { 'config.yaml': string } }>('deploy/kubernetes/config-map.yaml');
    const theirs = parse(map?.data['config.yaml'] ?? '') as { server: { operator: { port: number } } };
    const { operator, ...server } = theirs.server;
    expect(values.config).toEqual({ ...theirs, server });
    expect(values.ports.operator).toBe(operator.port);
    const [autoscaler] = readYaml<{ spec: object }>('deploy/kubernetes/horizontal-pod-autoscaler.yaml');
    const { minReplicas, maxReplicas } = values.autoscaling;
    expect(autoscaler?.spec).toMatchObject({ minReplicas, maxReplicas });
    const [budget] = readYaml<{ spec: object }>('deploy/kubernetes/pod-disruption-budget.yaml');
    expect(values.podDisruptionBudget).toEqual({ enabled: true, ...budget?.spec, selector: undefined });
  });

  it('has the defaults of the code: its port, and more time to end than it takes', () => {
    expect(values.ports.http).toBe(config.server.port);
    expect(values.terminationGracePeriodSeconds * 1000).toBeGreaterThan(
      config.server.shutdownGraceMs + values.preStopSeconds * 1000,
    );
    // What the checks in the chart take for granted where the configuration is silent.
    const checks = read(`${CHART}/templates/_helpers.tpl`);
    const { history } = configSchema.parse({ sources: [] });
    expect(checks).toContain(`(default ${config.server.shutdownGraceMs} $server.shutdownGraceMs)`);
    expect(checks).toContain(`(default ${history.maxBytes} $history.maxBytes)`);
  });

  it('has room on each of its volumes for the largest history that fits its configuration, twice', () => {
    const { size, ephemeralSize } = values.persistence;
    expect(Number.parseInt(ephemeralSize, 10) * 2 ** 30).toBeGreaterThan(2 * config.history.maxBytes);
    const largest = configSchema.parse({ sources: [] }).history.maxBytes;
    expect(Number.parseInt(size, 10) * 2 ** 30).toBeGreaterThan(2 * largest);
  });

  it('refuses values that do not exist, at every level, and knows every section of the configuration', () => {
    expect(
      Object.keys(schema.properties ?? {})
        .filter((name) => name !== 'global')
        .toSorted(),
    ).toEqual(Object.keys(values).toSorted());
    expect(openMaps(schema)).toEqual(['config.auth', 'resources.limits', 'podSecurityContext', 'securityContext']);
    expect(Object.keys(schema.properties?.config?.properties ?? {})).toEqual(Object.keys(configSchema.shape));
  });

  it('lists every value with its default in its README', () => {
    const rows = [...read(`${CHART}/README.md`).matchAll(/^\| `([\w.]+)` \| (.*?) \| .*\|$/gm)];
    const shown = (value: unknown, row = ''): string =>
      value === '' ? '' : row === 'see values.yaml' ? row : `\`${JSON.stringify(value)}\``;
    const expected = leaves(values);
    expect(rows.map(([, path]) => path)).toEqual(expected.map(([path]) => path));
    expect(rows.map(([, , value]) => value)).toEqual(expected.map(([, value], i) => shown(value, rows[i]?.[2])));
  });

  it('carries the alerts of deploy/prometheus themselves, not a copy of them', () => {
    const alerts = `${CHART}/files/alerts.yaml`;
    expect(readlinkSync(alerts)).toBe('../../../prometheus/alerts.yaml');
    expect(realpathSync(alerts)).toBe(realpathSync('deploy/prometheus/alerts.yaml'));
  });
});

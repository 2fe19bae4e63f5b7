import { describe, expect, it } from 'vitest';
import { createMetrics } from '#server/observability/metrics.ts';
import { SourceSet } from '#sources/source-set.ts';
import { read, readYaml } from './read-deploy.ts';

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly alert: string;
      readonly expr: string;
      readonly labels: { readonly severity: string };
      readonly annotations: { readonly summary: string; readonly runbook: string };
    }[];
  }[];
}

interface Dashboard {
  readonly panels: readonly {
    readonly id: number;
    readonly type: string;
    readonly title: string;
    readonly targets?: readonly { readonly expr: string }[];
  }[];
}

const { registry } = createMetrics(
  () => new SourceSet([]),
  { status: () => ({ mode: 'shared', live: 1 }) },
  () => ({ size: { answers: 0, bytes: 0 } }),
);
const known = new Map(registry.getMetricsAsArray().map((metric) => [metric.name, String(metric.type)]));

/** `up` is Prometheus' own. */
const metricsIn = (expression: string): string[] =>
  [...expression.matchAll(/\b(inventory|nodejs|process)_\w+/g)].map(([name]) => name);

const exists = (name: string): boolean =>
  known.has(name) || known.get(name.replace(/_(bucket|sum|count)$/, '')) === 'histogram';

const [rules] = readYaml<Rules>('deploy/prometheus/alerts.yaml');
const alerts = rules?.groups.flatMap((group) => group.rules) ?? [];
const dashboard = JSON.parse(read('deploy/grafana/dashboard.json')) as Dashboard;
const panels = dashboard.panels.filter(({ type }) => type !== 'row');

describe('docs/metrics.md', () => {
  it('lists every metric of the gateway with its labels, in the words of /metrics', () => {
    const own = registry.getMetricsAsArray().filter(({ name }) => name.startsWith('inventory_'));
    expect(own.length).toBeGreaterThan(15);
    const rows = own.map((metric) => {
      const { labelNames = [] } = metric as { readonly labelNames?: readonly string[] };
      return `| \`${metric.name}\` | ${metric.type} | ${labelNames.map((label) => `\`${label}\``).join(' ')} | ${metric.help} |`;
    });
    const listed = read('docs/metrics.md').match(/^\| `inventory_.*$/gm);
    expect(listed?.toSorted()).toEqual(rows.toSorted());
  });
});

describe('alerts', () => {
  it('use metrics that exist', () => {
    expect(alerts.length).toBeGreaterThan(8);
    expect(alerts.flatMap(({ expr }) => metricsIn(expr)).filter((name) => !exists(name))).toEqual([]);
    for (const { alert, expr } of alerts) if (!/^up\{/.test(expr)) expect(metricsIn(expr), alert).not.toEqual([]);
  });

  it('have each a name of its own, a severity and a heading in the runbook, and the runbook has no other', () => {
    const runbook = read('docs/operations.md').split('\n## Runbook\n')[1]?.split('\n## ')[0] ?? '';
    const headings = [...runbook.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
    expect(headings.toSorted()).toEqual(alerts.map(({ alert }) => alert).toSorted());
    for (const { alert, labels, annotations } of alerts) {
      expect(['critical', 'warning']).toContain(labels.severity);
      expect(annotations.runbook).toBe(`docs/operations.md#${alert.toLowerCase()}`);
      expect(annotations.summary).not.toBe('');
    }
  });
});

describe('the dashboard', () => {
  it('shows metrics that exist, in panels with ids of their own', () => {
    const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    expect(panels.length).toBeGreaterThan(12);
    expect(expressions.flatMap(metricsIn).filter((name) => !exists(name))).toEqual([]);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });

  it('shows every metric of the gateway’s own', () => {
    const shown = JSON.stringify(panels);
    const own = [...known.keys()].filter((name) => name.startsWith('inventory_'));
    expect(own.length).toBeGreaterThan(8);
    expect(own.filter((name) => !shown.includes(name))).toEqual([]);
  });
});

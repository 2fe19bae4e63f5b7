import { describe, expect, test } from 'vitest';
import { createCloudWorld } from '#demo/world/cloud.ts';
import { findingKinds } from '#demo/world/cloud-findings.ts';
import type { CloudWorld, WorldResource } from '#demo/world/cloud-world.ts';

const now = Date.parse('2026-03-14T09:00:00.000Z');
const world = createCloudWorld({ now });
const byId = new Map(world.resources.map((row) => [row.id, row]));
const lastComplete = (of: CloudWorld, accountId: string) =>
  of.scans.find((scan) => scan.accountId === accountId && scan.status === 'complete');
const find = (test: (row: WorldResource) => boolean) => world.resources.filter(test);

describe('the invented company', () => {
  test('is the same for the same seed and another for another', () => {
    expect(createCloudWorld({ now })).toEqual(world);
    expect(createCloudWorld({ now, seed: 2 }).resources[0]?.id).not.toBe(world.resources[0]?.id);
  });

  test('shares nothing with the company of another seed', () => {
    const other = createCloudWorld({ now, seed: 2, company: 'Second Hand' });
    const facts = (of: CloudWorld) => [
      ...[of.organization.id, of.organization.slug],
      ...[of.accounts, of.resources, of.edges, of.findings, of.scans].flatMap((rows) => rows.map((row) => row.id)),
      ...of.accounts.map((account) => account.awsAccountNumber),
      ...of.resources.flatMap((row) => (row.service === 'eip' ? (row.name ?? []) : [])),
    ];
    const mine = new Set(facts(world));
    expect(facts(other).filter((fact) => mine.has(fact))).toEqual([]);
  });

  test('has exactly as many resources and findings as configured', () => {
    for (const [resources, findings] of [
      [160, 40],
      [1200, 310],
      [5000, 900],
    ] as const) {
      const other = createCloudWorld({ now, resources, findings });
      expect([other.resources.length, other.findings.length]).toEqual([resources, findings]);
    }
    expect(() => createCloudWorld({ resources: 12 })).toThrow(/at least 160, got 12/);
  });

  test('may be an empty organization', () => {
    const empty = createCloudWorld({ now, resources: 0 });
    expect([empty.accounts, empty.resources, empty.findings, empty.scans]).toEqual([[], [], [], []]);
  });

  test('has accounts of every status, one whose number starts with 0', () => {
    expect(world.accounts.map((account) => account.status).sort()).toEqual(['error', 'ok', 'ok', 'pending']);
    expect(world.accounts.every((account) => /^\d{12}$/.test(account.awsAccountNumber))).toBe(true);
    expect(world.accounts.filter((account) => account.awsAccountNumber.startsWith('0'))).toHaveLength(1);
  });

  test('runs every service that the scanner supports, and some that it does not', () => {
    const services = new Set(world.resources.map((row) => row.service));
    const scanned =
      'ec2 ebs eip eni nat_gateway security_group rds rds_snapshot s3 alb lambda cloudwatch_logs cloudwatch_alarm iam_user iam_role iam_access_key secret kms_key';
    for (const service of [...scanned.split(' '), 'acm', 'dynamodb', 'mq_broker']) expect(services).toContain(service);
  });

  test('spells every identifier as the scanner does', () => {
    const forms: Readonly<Record<string, RegExp>> = {
      ec2: /^i-([0-9a-f]{8}|[0-9a-f]{17})$/,
      ebs: /^vol-[0-9a-f]{17}$/,
      eip: /^eipalloc-[0-9a-f]{17}$/,
      eni: /^eni-[0-9a-f]{17}$/,
      nat_gateway: /^nat-[0-9a-f]{17}$/,
      security_group: /^sg-[0-9a-f]{17}$/,
      rds: /^[a-z][a-z0-9-]*$/,
      s3: /^[a-z0-9-]{3,63}$/,
      alb: /^arn:aws:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer\/(app|net)\/[a-z0-9-]{1,32}\/[0-9a-f]{16}$/,
      lambda: /^arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[a-z0-9-]+$/,
      cloudwatch_logs: /^arn:aws:logs:.+:log-group:.+:\*$/,
      iam_role: /^arn:aws:iam::\d{12}:role\/.+$/,
      iam_access_key: /^AKIA[A-Z2-7]{16}$/,
      secret: /^arn:aws:secretsmanager:.+:secret:.+-[A-Za-z]{6}$/,
    };
    for (const [service, form] of Object.entries(forms)) {
      for (const row of find((candidate) => candidate.service === service)) expect(row.resourceId).toMatch(form);
    }
  });

  test('names every Elastic IP by its address, out of ranges that nobody owns', () => {
    const names = find((row) => row.service === 'eip').map((row) => row.name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^(203\.0\.113|198\.51\.100|192\.0\.2)\.\d{1,3}$/);
  });

  test('has an interface described as its balancer for every balancer of an application', () => {
    const suffixes = find((row) => row.service === 'alb' && row.name !== 'front').map((row) =>
      row.resourceId.split(':loadbalancer/').at(-1),
    );
    const descriptions = new Set(find((row) => row.service === 'eni').map((row) => row.name));
    for (const suffix of suffixes) expect(descriptions).toContain(`ELB ${suffix}`);
  });

  test('keeps edges only from rows that exist, never across accounts where the target has one row', () => {
    const targets = Map.groupBy(world.resources, (row) => row.resourceId);
    for (const edge of world.edges) {
      const from = byId.get(edge.fromId);
      const [target, ...others] = targets.get(edge.targetResourceId) ?? [];
      expect(from).toBeDefined();
      if (target !== undefined && others.length === 0) expect(target.accountId).toBe(from?.accountId);
    }
  });

  test('holds what tidy inventories lack', () => {
    const edges = world.edges.map((edge) => ({ ...edge, from: byId.get(edge.fromId) }));
    const twins = find((row) => row.service === 'rds' && row.resourceId === 'orders-db');
    const unattached = edges.filter((edge) => edge.from?.service === 'ebs' && edge.from.state === 'unattached');
    const stale = find((row) => row.lastSeenAt < (lastComplete(world, row.accountId)?.startedAt ?? ''));
    const back = edges.some((edge) =>
      edges.some(
        (other) =>
          other !== edge &&
          other.from?.resourceId === edge.targetResourceId &&
          edge.from?.resourceId === other.targetResourceId,
      ),
    );
    expect(new Set(twins.map((row) => row.accountId)).size).toBe(2);
    expect(edges.some((edge) => edge.from?.resourceId === edge.targetResourceId)).toBe(true);
    expect([back, unattached.length > 0, stale.length > 0]).toEqual([true, true, true]);
    expect(find((row) => row.state === 'terminated')).not.toHaveLength(0);
    expect(find((row) => row.name === '')).not.toHaveLength(0);
    expect(find((row) => row.name === null && row.region === null && row.tags === null)).not.toHaveLength(0);
    expect(find((row) => row.costEstimateMonthly === null)).not.toHaveLength(0);
    expect(find((row) => row.costEstimateMonthly === '0.00')).not.toHaveLength(0);
    expect(find((row) => row.resourceId.length > 128 && row.resourceId.split('/').length > 3)).not.toHaveLength(0);
    expect(edges.some((edge) => edge.targetService === 'ec2' && /^\d+(\.\d+){3}$/.test(edge.targetResourceId))).toBe(
      true,
    );
    expect(edges.some((edge) => edge.targetService === 'alb' && edge.targetResourceId.startsWith('app/'))).toBe(true);
  });

  test('carries explicit links in tags', () => {
    const keys = new Set(find((row) => row.service === 'ec2').flatMap((row) => Object.keys(row.tags ?? {})));
    for (const key of ['scanopy:host-id', 'scanopy:not-host-id', 'ip-address']) expect(keys).toContain(key);
  });
});

describe('its findings', () => {
  test('cover every kind of the catalogue, every status and every severity', () => {
    const types = new Set(world.findings.map((row) => row.type));
    for (const { type } of findingKinds) expect(types).toContain(type);
    expect(world.findings.length).toBeGreaterThanOrEqual(250);
    expect(new Set(world.findings.map((row) => row.status))).toEqual(
      new Set(['open', 'resolved', 'snoozed', 'ignored']),
    );
    const severities = new Set(world.findings.map((row) => row.severity));
    for (const one of ['critical', 'high', 'medium', 'low', 'trivial', 'apocalyptic'])
      expect(severities).toContain(one);
  });

  test('are at most one per type and thing, in the account of the thing', () => {
    const keys = world.findings.map(
      (row) => `${row.type} ${row.resourceId ?? ''} ${row.certificateId ?? ''} ${row.accountId}`,
    );
    expect(new Set(keys).size).toBe(keys.length);
    for (const row of world.findings) {
      if (row.resourceId !== null) expect(byId.get(row.resourceId)?.accountId).toBe(row.accountId);
    }
  });

  test('are about certificates with less than sixty days, one of them beside a resource', () => {
    const about = world.findings.filter((row) => row.type === 'ssl_expiry');
    expect(about.every((row) => row.certificateId !== null)).toBe(true);
    expect(about.filter((row) => row.resourceId !== null)).toHaveLength(1);
    expect(world.certificates.length).toBeGreaterThan(about.length);
    expect(about.some((row) => String(row.details.expires_at).startsWith('0001-'))).toBe(true);
  });

  test('may lack a resource, their dates, their scan', () => {
    expect(world.findings.some((row) => row.resourceId === null && row.certificateId === null)).toBe(true);
    expect(world.findings.some((row) => row.firstDetectedAt === null && row.lastScanId === null)).toBe(true);
  });
});

describe('its scans', () => {
  test('end in every way and include those of a removed account', () => {
    const statuses = new Set(world.scans.map((scan) => scan.status));
    for (const status of [
      'complete',
      'partial',
      'error',
      'canceled',
      'running',
      'queued',
      'analyzing_pending',
      'analyzing',
    ]) {
      expect(statuses).toContain(status);
    }
    expect(world.scans.filter((scan) => scan.accountId === null && !scan.hasKey)).toHaveLength(2);
    expect(world.scans.some((scan) => scan.status === 'complete' && scan.errorMessage)).toBe(true);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Arrow } from '#inventory/graph/arrow.ts';
import { indexArrows } from '#inventory/graph/arrow-table.ts';
import { settleAttachments } from '#inventory/graph/cloud-arrows.ts';
import { impact } from '#inventory/graph/impact.ts';
import type { ImpactOptions } from '#inventory/graph/impact-explore.ts';
import { arrow, graphs, reported } from './arrows.ts';

const impactOf = async (subject: string, arrows: readonly Arrow[], options: ImpactOptions = { depth: 9 }) =>
  (await impact(subject, indexArrows(arrows).arrowsOf, options)).impacted.map(
    ({ id, effect, distance }) => `${id} ${effect} ${distance}`,
  );

describe('impact', () => {
  it('of a root volume: the instance degrades with a note, its balancer degrades, nothing breaks', async () => {
    const arrows = [
      reported('ebs root', 'attached_to', 'ec2 web'),
      reported('ebs data', 'attached_to', 'ec2 web'),
      reported('alb front', 'targets', 'ec2 web'),
      reported('alb front', 'targets', 'ec2 other'),
      reported('ec2 web', 'uses_sg', 'security_group web'),
    ];
    expect(await impactOf('ebs root', arrows)).toEqual(['ec2 web DEGRADES 1', 'alb front DEGRADES 2']);
    const { impacted } = await impact('ebs root', indexArrows(arrows).arrowsOf);
    expect(impacted[0]?.notes).toEqual([expect.stringContaining('root volume')]);
  });

  it('of a KMS key: whatever it encrypts breaks, and who calls that; the alarm is not impacted', async () => {
    const arrows = [
      reported('rds orders', 'encrypted_by', 'kms_key k'),
      reported('lambda checkout', 'encrypted_by', 'kms_key k'),
      reported('s3 logs', 'encrypted_by', 'kms_key k'),
      reported('s3 other', 'encrypted_by', 'kms_key k2'),
      reported('cloudwatch_alarm slow', 'monitors', 'rds orders'),
      reported('alb front', 'targets', 'lambda checkout'),
    ];
    expect(await impactOf('kms_key k', arrows)).toEqual([
      'lambda checkout BREAKS 1',
      'rds orders BREAKS 1',
      's3 logs BREAKS 1',
      'alb front BREAKS 2',
    ]);
  });

  it('of a security group: its users break; a balancer with another target only degrades', async () => {
    const arrows = [
      reported('ec2 a', 'uses_sg', 'security_group s'),
      reported('eni a', 'uses_sg', 'security_group s'),
      reported('eni a', 'attached_to', 'ec2 a'),
      reported('alb front', 'targets', 'ec2 a'),
      reported('alb front', 'targets', 'ec2 b'),
      reported('security_group s', 'uses_sg', 'security_group s'),
    ];
    expect(await impactOf('security_group s', arrows)).toEqual([
      'ec2 a BREAKS 1',
      'eni a BREAKS 1',
      'alb front DEGRADES 2',
    ]);
  });

  it('of a hypervisor host: its services break, the guests on it, their services, and who calls those', async () => {
    const arrows = [
      arrow('Service proxmox', 'RUNS_ON', 'Host pve'),
      arrow('Host vm1', 'VIRTUALIZED_BY', 'Service proxmox'),
      arrow('Host vm2', 'VIRTUALIZED_BY', 'Service proxmox'),
      arrow('Service db', 'RUNS_ON', 'Host vm1'),
      arrow('Service web', 'RUNS_ON', 'Host elsewhere'),
      arrow('Service web', 'CALLS', 'Service db'),
      arrow('Host switch', 'LINKED_TO', 'Host pve'),
    ];
    expect(await impactOf('Host pve', arrows)).toEqual([
      'Service proxmox BREAKS 1',
      'Host vm1 BREAKS 2',
      'Host vm2 BREAKS 2',
      'Service db BREAKS 3',
      'Service web BREAKS 4',
    ]);
  });

  it('of a service in a request path: whoever comes earlier breaks, whoever comes later does not', async () => {
    const arrows = [
      arrow('Service proxy', 'CALLS', 'Service app'),
      arrow('Service app', 'CALLS', 'Service db'),
      arrow('Service app', 'RUNS_ON', 'Host h'),
      arrow('Service app', 'MEMBER_OF_HUB', 'Service hub'),
    ];
    expect(await impactOf('Service app', arrows)).toEqual(['Service proxy BREAKS 1']);
    expect(await impactOf('Service db', arrows)).toEqual(['Service app BREAKS 1', 'Service proxy BREAKS 2']);
    expect(await impactOf('Service hub', arrows)).toEqual(['Service app DEGRADES 1', 'Service proxy DEGRADES 2']);
  });

  it('of an instance: its only volume and interface are orphaned, a shared group is not', async () => {
    const arrows = [
      reported('ebs v', 'attached_to', 'ec2 a'),
      reported('eni e', 'attached_to', 'ec2 a'),
      reported('ec2 a', 'uses_sg', 'security_group own'),
      reported('ec2 a', 'uses_sg', 'security_group shared'),
      reported('ec2 b', 'uses_sg', 'security_group shared'),
      reported('alb front', 'targets', 'ec2 a'),
      reported('cloudwatch_alarm cpu', 'monitors', 'ec2 a'),
    ];
    expect(await impactOf('ec2 a', arrows)).toEqual([
      'alb front BREAKS 1',
      'ebs v ORPHANS 1',
      'eni e ORPHANS 1',
      'security_group own ORPHANS 1',
    ]);
  });

  it('of an alarm: the watched resource goes blind, and nothing behind it', async () => {
    const arrows = [reported('cloudwatch_alarm cpu', 'monitors', 'ec2 a'), reported('alb front', 'targets', 'ec2 a')];
    expect(await impactOf('cloudwatch_alarm cpu', arrows)).toEqual(['ec2 a BLINDS 1']);
    const cut = await impact('cloudwatch_alarm cpu', indexArrows(arrows).arrowsOf, { depth: 1 });
    expect(cut.truncated).toBe(false);
  });

  it('breaks what loses its last target only because several things are lost together', async () => {
    const arrows = [
      reported('ec2 a', 'uses_sg', 'security_group s'),
      reported('ec2 b', 'uses_sg', 'security_group s'),
      reported('alb front', 'targets', 'ec2 a'),
      reported('alb front', 'targets', 'ec2 b'),
      reported('rds d', 'in_subnet', 'subnet one'),
      reported('rds d', 'in_subnet', 'subnet two'),
      reported('ec2 a', 'in_subnet', 'subnet one'),
    ];
    expect(await impactOf('security_group s', arrows)).toContain('alb front BREAKS 2');
    expect(await impactOf('subnet one', arrows)).toEqual([
      'ec2 a BREAKS 1',
      'rds d DEGRADES 1',
      'alb front DEGRADES 2',
    ]);
  });

  it('passes through OBSERVED_AS at equal distance, from HIGH upwards', async () => {
    const through = (confidence: 'HIGH' | 'MEDIUM') => [
      reported('ec2 a', 'uses_sg', 'security_group s'),
      arrow('Host h', 'OBSERVED_AS', 'ec2 a', confidence),
      arrow('Service web', 'RUNS_ON', 'Host h'),
    ];
    expect(await impactOf('security_group s', through('HIGH'))).toEqual([
      'Host h BREAKS 1',
      'ec2 a BREAKS 1',
      'Service web BREAKS 2',
    ]);
    expect(await impactOf('security_group s', through('MEDIUM'))).toEqual(['ec2 a BREAKS 1']);
    expect(await impactOf('security_group s', through('MEDIUM'), { depth: 9, minConfidence: 'MEDIUM' })).toHaveLength(
      3,
    );
    expect(await impactOf('ec2 a', through('HIGH'))).toEqual(['Service web BREAKS 1', 'security_group s ORPHANS 1']);
  });

  it('says where the depth limit left something out, and where not', async () => {
    const chain = ['a', 'b', 'c', 'd'].map((v, n) => arrow(v, 'CALLS', ['b', 'c', 'd', 'a'][n] ?? ''));
    const { arrowsOf } = indexArrows(chain);
    expect(await impact('d', arrowsOf, { depth: 2 })).toMatchObject({ truncated: true, frontier: ['b'] });
    expect(await impact('d', arrowsOf, { depth: 3 })).toMatchObject({ truncated: false, frontier: [] });
  });

  it('gives each effect a path from the subject whose length is the distance, and never the subject itself', async () => {
    await fc.assert(
      fc.asyncProperty(graphs(['CALLS', 'ROUTES_TO', 'MEMBER_OF_HUB', 'MONITORS', 'OBSERVED_AS']), async (arrows) => {
        const { arrowsOf } = indexArrows(arrows);
        const report = await impact('v0', arrowsOf, { depth: 99 });
        for (const { id, path, distance, effect } of report.impacted) {
          expect(id).not.toBe('v0');
          expect(path.at(-1)).toBe(id);
          expect(new Set(path).size).toBe(path.length);
          const free = path
            .slice(1)
            .filter((to, n) =>
              arrowsOf(to).some((one) => one.kind === 'OBSERVED_AS' && [one.from, one.to].includes(path[n] ?? '')),
            );
          expect(distance).toBeGreaterThanOrEqual(path.length - 1 - free.length);
          expect(distance).toBeLessThan(path.length);
          if (effect === 'BREAKS' || effect === 'DEGRADES') expect(distance).toBeGreaterThan(0);
        }
        expect(report.truncated).toBe(false);
        expect(await impact('v0', indexArrows([...arrows].reverse()).arrowsOf, { depth: 99 })).toEqual(report);
      }),
    );
  });
});

describe('attachments that no longer hold and that the upstream never removed', () => {
  const arrows = [
    reported('ebs free', 'attached_to', 'ec2 a'),
    reported('ebs moved', 'attached_to', 'ec2 a'),
    reported('ebs moved', 'attached_to', 'ec2 b'),
    reported('ebs sound', 'attached_to', 'ec2 b'),
  ];

  it('are dropped for unattached volumes and less certain for volumes on several instances', () => {
    const settled = settleAttachments(arrows, (vertex) => (vertex === 'ebs free' ? 'unattached' : 'in-use'));
    expect(settled.map(({ from, to, confidence }) => `${from} ${to} ${confidence}`)).toEqual([
      'ebs moved ec2 a MEDIUM',
      'ebs moved ec2 b MEDIUM',
      'ebs sound ec2 b CERTAIN',
    ]);
  });
});

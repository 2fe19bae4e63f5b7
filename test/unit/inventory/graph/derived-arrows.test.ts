import { describe, expect, it } from 'vitest';
import { derivedRelations } from '#inventory/graph/cloud-arrows.ts';
import { createAliasIndex } from '#inventory/identifiers/alias-index.ts';
import { resource } from '../../../support/records.ts';

const balancer = resource({
  id: 'lb',
  service: 'alb',
  resourceId: 'arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/front/50dc6c495c0c9188',
});
const functionOf = (id: string, region: string) =>
  resource({ id, service: 'lambda', region, resourceId: `arn:aws:lambda:${region}:111111111111:function:checkout` });

const derive = (rows: Parameters<typeof resource>[0], ...others: ReturnType<typeof resource>[]) =>
  derivedRelations(resource(rows), createAliasIndex([resource(rows), ...others])).map(
    ({ kind, to, confidence }) => `${kind} ${to.id} ${confidence}`,
  );

describe('relations that follow from names', () => {
  it('make an interface part of the load balancer that its description names', () => {
    const eni = { id: 'e', service: 'eni', name: 'ELB app/front/50dc6c495c0c9188' };
    expect(derive(eni, balancer)).toEqual(['PART_OF lb CERTAIN']);
    expect(derive(eni)).toEqual([]);
    expect(derive({ ...eni, name: 'left by a migration' }, balancer)).toEqual([]);
  });

  it('make a log group that of the function it is named after, within its account and region', () => {
    const group = { id: 'g', service: 'cloudwatch_logs', name: '/aws/lambda/checkout' };
    expect(derive(group, functionOf('fn', 'eu-west-1'))).toEqual(['LOGS_OF fn HIGH']);
    expect(derive(group, functionOf('fn', 'us-east-1'))).toEqual([]);
    expect(derive({ ...group, name: '/aws/eks/checkout' }, functionOf('fn', 'eu-west-1'))).toEqual([]);
  });
});

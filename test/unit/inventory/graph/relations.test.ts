import { describe, expect, it } from 'vitest';
import { DEPENDENCY_KINDS } from '#entities/dependency/model.ts';
import { RELATIONS, relationOf, relationOfKind } from '#inventory/graph/relations.ts';

const read = (rawType: string | null, fromService: string, toService: string) =>
  relationOf({ rawType, fromService, toService });

describe('relations', () => {
  it.each([
    ['in_vpc', 'ec2', 'vpc', 'CONTAINED_IN'],
    ['in_subnet', 'rds', 'subnet', 'CONTAINED_IN'],
    ['uses_sg', 'alb', 'security_group', 'PROTECTED_BY'],
    ['uses_role', 'lambda', 'iam_role', 'RUNS_AS'],
    ['encrypted_by', 'secret', 'kms_key', 'ENCRYPTED_BY'],
    ['uses_layer', 'lambda', 'lambda_layer', 'USES'],
    ['uses_eip', 'nat_gateway', 'eip', 'USES'],
    ['attached_to', 'ebs', 'ec2', 'ATTACHED_TO'],
    ['attached_to', 'eni', 'ec2', 'ATTACHED_TO'],
    ['attached_to', 'nat_gateway', 'eni', 'ATTACHED_TO'],
    ['owns', 'alb', 'target_group', 'OWNS'],
    ['targets', 'alb', 'ec2', 'ROUTES_TO'],
    ['targets', 'alb', 'lambda', 'ROUTES_TO'],
    ['monitors', 'cloudwatch_alarm', 'rds', 'MONITORS'],
  ])('reads %s from %s to %s as %s, with the word and, marked inferred, without it', (word, from, to, kind) => {
    const worded = read(word, from, to);
    expect(worded).toMatchObject({ kind, inferred: false });
    expect(read(null, from, to)).toEqual({ ...worded, inferred: true });
  });

  it('turns the need round for volumes and interfaces, not for a NAT gateway', () => {
    expect(read('attached_to', 'ebs', 'ec2').relation).toMatchObject({ needs: 'TO_NEEDS_FROM', effect: 'DEGRADES' });
    expect(read('attached_to', 'eni', 'ec2').relation).toMatchObject({ needs: 'TO_NEEDS_FROM', anyOf: true });
    expect(read('attached_to', 'nat_gateway', 'eni').relation).toMatchObject({
      needs: 'FROM_NEEDS_TO',
      effect: 'BREAKS',
    });
  });

  it('lets an unknown word need nothing, and a wordless unknown pair depend', () => {
    expect(read('peers_with', 'vpc', 'vpc')).toMatchObject({ kind: 'OTHER', inferred: false });
    expect(read('constructor', 'x', 'y').kind).toBe('OTHER');
    expect(read(null, 'mq_broker', 'dynamodb')).toMatchObject({ kind: 'DEPENDS_ON', inferred: true });
    expect(read('', 'mq_broker', 'dynamodb').inferred).toBe(true);
  });

  it('gives every row its own code and every kind a row of that kind', () => {
    expect(RELATIONS.map(({ code }) => code)).toEqual(RELATIONS.map((_, index) => index));
    for (const kind of DEPENDENCY_KINDS) expect(relationOfKind(kind).kind).toBe(kind);
  });

  it('says an effect exactly where somebody needs somebody', () => {
    for (const relation of RELATIONS) expect(relation.effect === null).toBe(relation.needs === 'NEITHER');
  });
});

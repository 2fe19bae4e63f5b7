import { everybody, type FindingKind, findingKind, inState, someDays } from './finding-kind.ts';

/** What is said of addresses, balancers, gateways and groups. */
export const networkFindingKinds: readonly FindingKind[] = [
  findingKind(
    'orphaned_eip',
    'low',
    ['eip'],
    (name) => `Elastic IP ${name} is not in use`,
    (row, random) => ({ public_ip: row.name, age_days: someDays(random), estimated_monthly_cost: 3.65 }),
    inState('unassociated'),
  ),
  findingKind(
    'orphaned_eni',
    'low',
    ['eni'],
    (name) => `Network interface ${name} is attached to nothing`,
    (row, random) => ({ description: row.name, unattached_days: someDays(random) }),
    inState('available'),
  ),
  findingKind(
    'idle_load_balancer',
    'medium',
    ['alb'],
    (name) => `Load balancer ${name} has no healthy target`,
    (row, random) => ({
      name: row.name,
      lb_type: row.resourceId.includes('/net/') ? 'network' : 'application',
      total_targets: random.int(0, 3),
      healthy_targets: 0,
      estimated_monthly_cost: 16.43,
    }),
  ),
  findingKind(
    'unused_security_group',
    'low',
    ['security_group'],
    (name) => `Nothing uses security group ${name}`,
    (row) => ({ name: row.name }),
    (row) => row.name !== 'default',
  ),
  findingKind(
    'idle_nat_gateway',
    'medium',
    ['nat_gateway'],
    (name) => `NAT gateway ${name} may be idle`,
    (row, random) => ({ name: row.name, age_days: someDays(random), estimated_monthly_cost: 32.4 }),
  ),
  findingKind(
    'permissive_security_group',
    'high',
    ['security_group'],
    (name) => `Security group ${name} opens PostgreSQL to the world`,
    (row, random) => ({
      group_name: row.name,
      exposed_port: 5432,
      exposed_service: 'PostgreSQL',
      from_port: 5432,
      to_port: 5432,
      protocol: 'tcp',
      cidr_blocks: random.chance(0.2) ? null : everybody,
    }),
  ),
  findingKind(
    'open_all_ports',
    'high',
    ['security_group'],
    (name) => `Security group ${name} opens every port to the world`,
    (row) => ({ group_name: row.name, protocol: '-1', cidr_blocks: everybody }),
  ),
  findingKind(
    'security_group_open_port',
    'critical',
    ['security_group'],
    (name) => `Security group ${name} opens SSH to the world`,
    () => ({ port: 22, protocol: 'tcp', cidrBlocks: everybody }),
  ),
];

import type { InactiveRule, Rule, RuleSettings } from './rule.ts';
import { eipAddress, operatorIpTag } from './rules/addresses.ts';
import { certificateName } from './rules/certificate-name.ts';
import { dbName, rdsEndpoint } from './rules/databases.ts';
import { albDns, lbTargetIpInScope, lbTargetIpUnscoped, nlbDns } from './rules/load-balancers.ts';
import { manualRules } from './rules/manual.ts';
import { instanceIdName, nameTag } from './rules/names.ts';

/** Rules whose links are sure enough to learn from them which VPC a network belongs to. They do not use that knowledge themselves. */
export const anchorRules = ({ config, hosts }: RuleSettings): readonly Rule[] => [
  ...manualRules(config, hosts),
  instanceIdName,
];

export const furtherRules = ({ config, certificates, hosts }: RuleSettings): readonly Rule[] => [
  nlbDns,
  eipAddress,
  lbTargetIpInScope,
  rdsEndpoint(hosts),
  albDns,
  operatorIpTag(config),
  certificateName(certificates),
  nameTag(config),
  dbName(config),
  lbTargetIpUnscoped,
];

/**
 * Rules for which the public APIs send no data. As long as there are any, a host without a link may still be a cloud resource; its
 * reason is then NO_KEY_ON_CLOUD_SIDE.
 */
export const INACTIVE_RULES: readonly InactiveRule[] = [
  { number: '4b', name: 'eip-association', class: 'L3', mode: 'F', needs: 'which instance an Elastic IP belongs to' },
  { number: '5', name: 'mac', class: 'L2', mode: 'F', needs: 'MAC addresses of cloud network interfaces' },
  { number: '6', name: 'private-ip-in-scope', class: 'L3', mode: 'F', needs: 'private addresses of cloud instances' },
  { number: '11', name: 'managed-eni', class: 'L3', mode: 'F', needs: 'private addresses of cloud network interfaces' },
  { number: '12', name: 'ec2-dns-name', class: 'L3', mode: 'F', needs: 'DNS names of cloud instances' },
  { number: '14', name: 'resolved-endpoint', class: 'SERVICE', mode: 'F', needs: 'DNS resolution of cloud endpoints' },
  { number: '18', name: 'private-ip-unscoped', class: 'L3', mode: 'F', needs: 'private addresses of cloud instances' },
];

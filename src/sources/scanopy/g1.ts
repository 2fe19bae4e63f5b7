import type { WireAdapter } from './wire-adapter.ts';

/** Up to 0.15: addresses are called interfaces, SNMP rows if-entries, dependencies groups. */
export const g1: WireAdapter = {
  generation: 'G1',
  networksPath: '/api/v1/networks',
  dependencyPaths: ['/api/v1/groups', '/api/v1/dependencies'],
  networkFilter: 'network_id',
  renamedKeys: {
    ip_addresses: 'interfaces',
    interfaces: 'if_entries',
    ip_address_id: 'interface_id',
    dependency_type: 'group_type',
  },
};

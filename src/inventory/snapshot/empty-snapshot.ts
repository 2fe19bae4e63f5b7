import type { CloudSnapshot, NetworkSnapshot } from './snapshot.ts';

export const emptyCloudSnapshot = (source: string, readAt: string): CloudSnapshot => ({
  side: 'CLOUD',
  source,
  readAt,
  accounts: [],
  accountReadAt: new Map(),
  scans: [],
  resources: new Map(),
  findings: new Map(),
  findingsReadAt: readAt,
  edges: new Map(),
  edgesComplete: false,
  unreadEdges: [],
  missing: { resources: 0, findings: 0 },
  changes: [],
});

export const emptyNetworkSnapshot = (source: string, readAt: string): NetworkSnapshot => ({
  side: 'NETWORK',
  source,
  readAt,
  networks: [],
  subnets: [],
  tags: [],
  daemons: [],
  serviceDependencies: [],
  vlans: [],
  discoveries: [],
  hosts: new Map(),
  missing: { hosts: 0, others: 0 },
  changes: [],
});

import type { WireAdapter } from './wire-adapter.ts';

/** 0.16.0 to 0.17.21: the names this client's own records follow. */
export const g2: WireAdapter = {
  generation: 'G2',
  networksPath: '/api/v1/networks',
  dependencyPaths: ['/api/v1/dependencies'],
  networkFilter: 'network_id',
  renamedKeys: {},
};

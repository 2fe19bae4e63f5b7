import type { WireAdapter } from './wire-adapter.ts';

/** From 0.17.22: networks are called sites. The old filter names are ignored there, which would answer with every site. */
export const g3: WireAdapter = {
  generation: 'G3',
  networksPath: '/api/v1/sites',
  dependencyPaths: ['/api/v1/dependencies'],
  networkFilter: 'site_id',
  renamedKeys: { network_id: 'site_id' },
};

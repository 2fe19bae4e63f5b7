import type { ICruiseOptions, IForbiddenRuleType } from 'dependency-cruiser';

const folder = (path: string) => `^src/${path}`;
const MODELS = '^src/entities/[^/]+/model\\.ts$';
const FACTS = '^src/inventory/facts\\.ts$';

/** Everything under `from` may import packages, itself and `allowed`, and nothing else of ours. */
const only = (name: string, from: string, allowed: readonly string[]): IForbiddenRuleType => ({
  name,
  severity: 'error',
  from: { path: folder(from) },
  to: { path: '^src/', pathNot: [folder(from), ...allowed] },
});

/** Which folder may import from which. */
export const importRules: IForbiddenRuleType[] = [
  {
    name: 'no-cycles',
    severity: 'error',
    from: { path: '^src/' },
    to: { circular: true },
  },
  {
    name: 'a-kind-of-source-is-named-once',
    severity: 'error',
    from: { path: '^src/', pathNot: ['^src/sources/kinds\\.ts$', '^src/sources/(scanorbit|scanopy)/'] },
    to: { path: '^src/sources/(scanorbit|scanopy)/' },
  },
  { name: 'no-unresolvable', severity: 'error', from: { path: '^src/' }, to: { couldNotResolve: true } },
  only('lib-knows-nobody', 'lib/', []),
  only('config-knows-lib', 'config/', ['^src/lib/']),
  only('graph-is-pure', 'inventory/graph/', [
    '^src/lib/',
    '^src/inventory/(identifiers|correlation)/',
    '^src/inventory/snapshot/(derived|snapshot)\\.ts$',
    '^src/inventory/(inventory|derived|facts)\\.ts$',
    MODELS,
  ]),
  only('identifiers-is-pure', 'inventory/identifiers/', ['^src/lib/', FACTS, MODELS]),
  only('correlation-is-pure', 'inventory/correlation/', ['^src/lib/', '^src/inventory/identifiers/', FACTS, MODELS]),
  only('planner-is-pure', 'loading/planner/', ['^src/lib/']),
  only('transport-knows-no-upstream', 'sources/transport/', ['^src/lib/']),
  only('scanorbit-knows-no-sibling', 'sources/scanorbit/', [
    '^src/lib/',
    '^src/sources/(transport/|[a-z-]+\\.ts$)',
    '^src/inventory/(snapshot/|graph/relations)',
    MODELS,
  ]),
  only('scanopy-knows-no-sibling', 'sources/scanopy/', [
    '^src/lib/',
    '^src/sources/(transport/|[a-z-]+\\.ts$)',
    '^src/inventory/snapshot/',
    '^src/inventory/graph/network-edges',
    MODELS,
  ]),
  only('loading-knows-sources', 'loading/', [
    '^src/lib/',
    '^src/sources/source-set',
    '^src/inventory/snapshot/',
    '^src/sources/transport/',
    '^src/sources/(cloud-client|network-client|cloud-queries|network-queries|list-support|source-kind)\\.ts$',
    '^src/subscriptions/live-feeds',
    '^src/watches/viewer-watches',
  ]),
  only('watches-ask-by-what-they-are-given', 'watches/', [
    '^src/lib/',
    '^src/(config|questions)/',
    '^src/inventory/snapshot/snapshot',
    '^src/sources/transport/clock',
    '^src/subscriptions/feed',
  ]),
  only('cluster-knows-seams', 'cluster/', [
    '^src/lib/',
    '^src/sources/transport/',
    '^src/inventory/snapshot/(build-snapshot|snapshot|snapshot-file)\\.ts$',
    '^src/subscriptions/(feed|watch-memory)\\.ts$',
  ]),
  {
    name: 'cluster-is-lent',
    severity: 'error',
    from: { path: '^src/', pathNot: ['^src/cluster/', '^src/server/join-replicas'] },
    to: { path: '^src/cluster/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'redis-only-in-cluster',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/cluster/' },
    to: { path: 'node_modules/iovalkey/' },
  },
  {
    name: 'demo-knows-itself',
    severity: 'error',
    from: { path: '^demo/' },
    to: { path: '^src/' },
  },
  {
    name: 'models-know-models',
    severity: 'error',
    from: { path: MODELS },
    to: {
      path: '^src/',
      pathNot: [MODELS, '^src/lib/', '^src/inventory/(identifiers/identifier|graph/relations)\\.ts$'],
    },
  },
  {
    name: 'loaders-know-no-graphql',
    severity: 'error',
    from: { path: '^src/entities/[^/]+/loaders' },
    to: {
      path: [
        '^src/graphql/',
        '^src/entities/[^/]+/(schema[./]|ref\\.ts)',
        '^src/server/',
        'node_modules/(graphql|@pothos)/',
      ],
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'schemas-know-no-client',
    severity: 'error',
    from: { path: '^src/entities/[^/]+/schema' },
    to: {
      path: ['^src/sources/(scanorbit|scanopy)/', '^src/server/', '^demo/', '^src/config/'],
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'schemas-know-no-other-schema',
    severity: 'error',
    from: { path: '^src/entities/([^/]+)/schema[./]' },
    to: { path: '^src/entities/[^/]+/schema[./]', pathNot: '^src/entities/$1/' },
  },
  {
    name: 'server-knows-no-entity',
    severity: 'error',
    from: { path: '^src/server/' },
    to: { path: ['^src/entities/', '^demo/'] },
  },
  {
    name: 'cli-knows-no-entity',
    severity: 'error',
    from: { path: '^src/cli/' },
    to: { path: ['^src/entities/'] },
  },
  {
    name: 'nobody-knows-the-demo',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/cli/' },
    to: { path: '^demo/' },
  },
];

export const cruiseOptions: ICruiseOptions = {
  doNotFollow: { path: 'node_modules' },
  tsConfig: { fileName: 'tsconfig.json' },
  tsPreCompilationDeps: true,
  enhancedResolveOptions: {
    exportsFields: ['exports'],
    conditionNames: ['import', 'node', 'default'],
    extensions: ['.ts', '.js'],
  },
};

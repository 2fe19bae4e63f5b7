import type { ICruiseOptions, IForbiddenRuleType } from 'dependency-cruiser';

const room = (path: string) => `^src/${path}`;
const MODELS = '^src/entities/[^/]+/(model|relations|network-edges)\\.ts$';

/** Everything under `from` may import packages, itself and `allowed`, and nothing else of ours. */
const only = (name: string, from: string, allowed: readonly string[]): IForbiddenRuleType => ({
  name,
  severity: 'error',
  from: { path: room(from) },
  to: { path: '^src/', pathNot: [room(from), ...allowed] },
});

/** The doors of the house: which room may import what. */
export const doors: IForbiddenRuleType[] = [
  {
    name: 'no-cycles',
    severity: 'error',
    from: { path: '^src/' },
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  { name: 'no-unresolvable', severity: 'error', from: { path: '^src/' }, to: { couldNotResolve: true } },
  only('lib-knows-nobody', 'lib/', []),
  only('config-knows-lib', 'config/', ['^src/lib/']),
  only('graph-is-pure', 'graph/', ['^src/lib/', '^src/identifiers/', MODELS]),
  only('identifiers-is-pure', 'identifiers/', ['^src/lib/', MODELS]),
  only('correlation-is-pure', 'correlation/', ['^src/lib/', '^src/identifiers/', MODELS]),
  only('planner-is-pure', 'planner/', ['^src/lib/']),
  only('transport-knows-no-upstream', 'upstreams/transport/', ['^src/lib/']),
  only('scanorbit-knows-no-sibling', 'upstreams/scanorbit/', ['^src/lib/', '^src/upstreams/transport/', MODELS]),
  only('scanopy-knows-no-sibling', 'upstreams/scanopy/', ['^src/lib/', '^src/upstreams/transport/', MODELS]),
  only('request-knows-sources', 'request/', [
    '^src/lib/',
    '^src/sources/source-set',
    '^src/index/',
    '^src/upstreams/transport/',
    '^src/upstreams/[^/]+/client',
    '^src/watch/live-feeds',
  ]),
  only('replicas-know-seams', 'replicas/', [
    '^src/lib/',
    '^src/upstreams/transport/',
    '^src/index/(build-picture|picture|picture-codec)\\.ts$',
    '^src/watch/(feed|watch-memory)\\.ts$',
  ]),
  {
    name: 'replicas-are-lent',
    severity: 'error',
    from: { path: '^src/', pathNot: ['^src/replicas/', '^src/server/join-replicas'] },
    to: { path: '^src/replicas/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'redis-stays-in-its-room',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/replicas/' },
    to: { path: 'node_modules/iovalkey/' },
  },
  only('demo-knows-itself', 'demo/', []),
  {
    name: 'models-know-models',
    severity: 'error',
    from: { path: MODELS },
    to: { path: '^src/', pathNot: [MODELS, '^src/lib/', '^src/identifiers/identifier'] },
  },
  {
    name: 'loaders-know-no-graphql',
    severity: 'error',
    from: { path: '^src/entities/[^/]+/loaders' },
    to: {
      path: [
        '^src/graphql/',
        '^src/entities/[^/]+/(schema|ref)\\.ts$',
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
      path: ['^src/upstreams/(scanorbit|scanopy)/', '^src/server/', '^src/demo/', '^src/config/'],
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'schemas-know-no-other-schema',
    severity: 'error',
    from: { path: '^src/entities/([^/]+)/schema\\.ts$' },
    to: { path: '^src/entities/[^/]+/schema\\.ts$', pathNot: '^src/entities/$1/' },
  },
  {
    name: 'server-knows-no-entity',
    severity: 'error',
    from: { path: '^src/server/' },
    to: { path: ['^src/entities/', '^src/demo/'] },
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
    from: { path: '^src/', pathNot: ['^src/demo/', '^src/cli/'] },
    to: { path: '^src/demo/' },
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

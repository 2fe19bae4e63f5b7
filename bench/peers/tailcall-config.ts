import type { Upstreams } from './contender.ts';

export type TailcallMode = 'plain' | 'dedupe' | 'cached';

/** Longer than a round, so that nothing expires meanwhile. */
const CACHE_MS = 600_000;

/**
 * The same routes for Tailcall. `dedupe` makes one request of equal ones in flight; `cached` keeps what a field was answered, and has
 * its cache of HTTP answers on as well, though neither upstream lets its answers be kept.
 */
export const tailcallConfig = ({ scanorbit, scanopy }: Upstreams, port: number, mode: TailcallMode): string => {
  const get = ({ url, headers }: Upstreams['scanorbit'], path: string, query: readonly string[] = []) =>
    `@http(${[
      `url: "${url}${path}"`,
      `headers: [${Object.entries(headers).map(([key, value]) => `{ key: "${key}", value: "${value}" }`)}]`,
      ...(query.length > 0
        ? [`query: [${query.map((name) => `{ key: "${name}", value: "{{.args.${name}}}" }`)}]`]
        : []),
      ...(mode === 'plain' ? [] : ['dedupe: true']),
    ].join(', ')})${mode === 'cached' ? ` @cache(maxAge: ${CACHE_MS})` : ''}`;
  return `schema @server(hostname: "127.0.0.1", port: ${port}) @upstream(${mode === 'cached' ? 'httpCache: 10000' : 'httpCache: 0'}) { query: Query }
type Query {
  resources(limit: Int, page: Int): ResourcePage ${get(scanorbit, '/resources', ['limit', 'page'])}
  findings(limit: Int, page: Int): FindingPage ${get(scanorbit, '/findings', ['limit', 'page'])}
  hosts(limit: Int, offset: Int): HostPage ${get(scanopy, '/api/v1/hosts', ['limit', 'offset'])}
}
type ResourcePage { data: [Resource] }
type ResourceAnswer { data: Resource }
type Resource { id: String name: String region: String service: String state: String }
type FindingPage { data: [Finding] }
type Finding {
  id: String summary: String severity: String status: String resourceId: String!
  resource: ResourceAnswer ${get(scanorbit, '/resources/{{.value.resourceId}}')}
}
type HostPage { data: [Host] }
type Host {
  id: String name: String network_id: String! services: [Service]
  network: NetworkAnswer ${get(scanopy, '/api/v1/networks/{{.value.network_id}}')}
}
type Service { id: String name: String }
type NetworkAnswer { data: Network }
type Network { id: String name: String }
`;
};

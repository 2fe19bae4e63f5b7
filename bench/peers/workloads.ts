/** One question in our schema and in that which the peers have of the same REST routes; both have the same rows in the same order. */
export interface Workload {
  readonly name: string;
  readonly rows: number;
  /** How many rows the upstream has of them. */
  readonly of: 'resources' | 'findings' | 'hosts';
  readonly ours: string;
  readonly theirs: string;
  /** The rows of an answer to each, in one shape, so that they can be compared. */
  readonly rowsOfOurs: (data: OurData) => readonly unknown[];
  readonly rowsOfTheirs: (data: TheirData) => readonly unknown[];
}

type Row = Readonly<Record<string, unknown>> & { readonly id: string };
type OurData = Readonly<Record<string, { readonly nodes: readonly OurRow[] }>>;
interface OurRow extends Row {
  readonly sourceId: string;
  readonly resource?: OurRow | null;
  readonly services?: readonly OurRow[];
  readonly network?: OurRow;
}
type TheirData = Readonly<Record<string, { readonly data: readonly TheirRow[] }>>;
interface TheirRow extends Row {
  readonly resource?: { readonly data: TheirRow } | null;
  readonly services?: readonly TheirRow[];
  readonly network?: { readonly data: TheirRow };
}

const resource = (id: string, of: Row) => [id, of.name || null, of.region, of.service, of.state];
const finding = (id: string, { summary, severity, status }: Row) =>
  [id, summary, severity, status].map((text) => String(text).toLowerCase());
const named = (id: string | undefined, of: Row | undefined) => [id, of?.name];
/** A host's services have no order of their own. */
const sorted = (services: readonly unknown[][]) => services.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));

export const WORKLOADS: readonly Workload[] = [
  {
    name: 'W1: 100 resources',
    rows: 100,
    of: 'resources',
    ours: 'query ($first: Int, $after: String) { resources(first: $first, after: $after) { nodes { sourceId name region service state } } }',
    theirs:
      'query ($limit: Int, $page: Int) { resources(limit: $limit, page: $page) { data { id name region service state } } }',
    rowsOfOurs: ({ resources }) => (resources?.nodes ?? []).map((of) => resource(of.sourceId, of)),
    rowsOfTheirs: ({ resources }) => (resources?.data ?? []).map((of) => resource(of.id, of)),
  },
  {
    name: 'W2: 100 findings, each with its resource',
    rows: 100,
    of: 'findings',
    ours: 'query ($first: Int, $after: String) { findings(first: $first, after: $after) { nodes { sourceId summary severity status resource { sourceId name region service state } } } }',
    theirs:
      'query ($limit: Int, $page: Int) { findings(limit: $limit, page: $page) { data { id summary severity status resource { data { id name region service state } } } } }',
    rowsOfOurs: ({ findings }) =>
      (findings?.nodes ?? []).map((of) => [
        ...finding(of.sourceId, of),
        of.resource && resource(of.resource.sourceId, of.resource),
      ]),
    rowsOfTheirs: ({ findings }) =>
      (findings?.data ?? []).map((of) => [
        ...finding(of.id, of),
        of.resource ? resource(of.resource.data.id, of.resource.data) : null,
      ]),
  },
  {
    name: 'W3: 50 hosts with services and network',
    rows: 50,
    of: 'hosts',
    ours: 'query ($first: Int, $after: String) { hosts(first: $first, after: $after) { nodes { sourceId name services { sourceId name } network { sourceId name } } } }',
    theirs:
      'query ($limit: Int, $offset: Int) { hosts(limit: $limit, offset: $offset) { data { id name services { id name } network { data { id name } } } } }',
    rowsOfOurs: ({ hosts }) =>
      (hosts?.nodes ?? []).map(({ sourceId, name, services = [], network }) => [
        sourceId,
        name,
        sorted(services.map((of) => named(of.sourceId, of))),
        named(network?.sourceId, network),
      ]),
    rowsOfTheirs: ({ hosts }) =>
      (hosts?.data ?? []).map(({ id, name, services = [], network }) => [
        id,
        name,
        sorted(services.map((of) => named(of.id, of))),
        named(network?.data.id, network?.data),
      ]),
  },
];

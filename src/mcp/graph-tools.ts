/** Tools that every gateway has, as queries; the comment before each is what an assistant reads of it. */
export const GRAPH_TOOLS: Readonly<Record<string, string>> = {
  lookup: `# Find records by IP or MAC address, host name, domain, ARN, AWS id, name, address range or upstream id.
# Gives the global ids that other tools take. Nothing found: no hits.
query Lookup($any: [String!]!) {
  lookup(any: $any) {
    term
    matchedOn
    node { __typename id ... on Asset { displayName source { name } } }
  }
}`,
  impact: `# What breaks, degrades, is orphaned or loses its watch if this goes.
# Nearest first; truncated says that a limit or an incomplete index cut something off.
query Impact($id: ID!, $depth: Int, $minConfidence: Confidence) {
  impact(id: $id, depth: $depth, minConfidence: $minConfidence) {
    subject { __typename id displayName }
    truncated
    impacted { effect distance confidence notes asset { __typename id displayName } }
  }
}`,
  graph: `# Relations around one or several records, as vertices and arrows from what needs to what is needed.
# A vertex that is in no inventory has a target instead of an asset. Every vertex id can be a root again.
query Graph(
  $roots: [ID!]!
  $direction: GraphDirection
  $depth: Int = 1
  $kinds: [DependencyKind!]
  $minConfidence: Confidence
  $maxVertices: Int = 100
) {
  graph(
    roots: $roots
    direction: $direction
    depth: $depth
    kinds: $kinds
    minConfidence: $minConfidence
    maxVertices: $maxVertices
  ) {
    vertices { id depth asset { __typename displayName } target { kind identifier } }
    arrows { from to kind confidence }
    truncated
    frontier
  }
}`,
  changes: `# What was noticed to be new, changed or gone, newest first.
# The sources have no history: the gateway compares its readings, and reaches as far back as it kept them.
# Pages stay where they are while more comes; until ends them at a moment.
query Changes(
  $since: DateTime
  $until: DateTime
  $kinds: [ChangeKind!]
  $types: [ChangedType!]
  $source: String
  $asset: ID
  $first: Int = 50
  $after: String
) {
  changes(
    since: $since
    until: $until
    kinds: $kinds
    types: $types
    source: $source
    asset: $asset
    first: $first
    after: $after
  ) {
    totalCount
    nodes { kind title noticedAt fields { name before after } asset { __typename id } }
    pageInfo { hasNextPage endCursor }
  }
}`,
};

/** What `inventory://sources` shows. */
export const SOURCES_QUERY = `query Sources {
  sources {
    name
    kind
    health
    serverVersion
    lastError
    budget { limit windowSeconds remaining queued resetAt }
    index { complete coverage completedAt records }
  }
}`;

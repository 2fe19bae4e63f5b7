import { graphql } from '../../gql/index.ts';

/** How much came, changed and went in a stretch of time, and when the sources were read in it. */
export const HistoryOfDay = graphql(`
  query HistoryOfDay($since: DateTime!, $until: DateTime!) {
    added: changes(first: 1, since: $since, until: $until, kinds: [ADDED]) { totalCount }
    changed: changes(first: 1, since: $since, until: $until, kinds: [CHANGED]) { totalCount }
    removed: changes(first: 1, since: $since, until: $until, kinds: [REMOVED]) { totalCount }
    readings(first: 100, since: $since, until: $until) {
      totalCount
      nodes { source time isComplete }
    }
  }
`);

export const ChangesOfDay = graphql(`
  query ChangesOfDay($since: DateTime!, $until: DateTime!, $after: String) {
    changes(first: 50, since: $since, until: $until, after: $after) {
      totalCount
      nodes {
        kind
        title
        noticedAt
        asset { __typename id displayName }
        fields { name before after }
        neededBy(first: 1) { totalCount }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

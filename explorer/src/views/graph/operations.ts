import { graphql } from '../../gql/index.ts';

graphql(`
  fragment VertexFields on GraphVertex {
    id
    asset { __typename displayName ... on Resource { service } ... on Service { definition } }
    target { kind identifier }
  }
`);

graphql(`
  fragment ArrowFields on GraphArrow { from to kind relationship confidence }
`);

graphql(`
  fragment WalkedSource on Source { name kind health index { complete coverage records startedAt } }
`);

/** What is within some steps of the roots. */
export const Surroundings = graphql(`
  query Surroundings($roots: [ID!]!, $depth: Int!, $direction: GraphDirection!, $kinds: [DependencyKind!], $max: Int!) {
    graph(roots: $roots, depth: $depth, direction: $direction, kinds: $kinds, maxVertices: $max) {
      vertices { ...VertexFields depth }
      arrows { ...ArrowFields }
      truncated
      frontier
    }
    sources { ...WalkedSource }
  }
`);

export const GraphText = graphql(`
  query GraphText($roots: [ID!]!, $depth: Int!, $direction: GraphDirection!, $kinds: [DependencyKind!], $max: Int!, $format: GraphFormat!) {
    graph(roots: $roots, depth: $depth, direction: $direction, kinds: $kinds, maxVertices: $max) { export(format: $format) }
  }
`);

export const WhatBreaks = graphql(`
  query WhatBreaks($id: ID!, $depth: Int!) {
    impact(id: $id, depth: $depth) {
      subject { ...AssetFields }
      impacted { effect distance confidence notes path asset { ...AssetFields } }
      truncated
    }
    sources { ...WalkedSource }
  }
`);

graphql(`
  fragment AssetFields on Asset { __typename id displayName ... on Resource { service } ... on Service { definition } }
`);

export const PathsBetween = graphql(`
  query PathsBetween($from: ID!, $to: ID!, $maxDepth: Int!) {
    paths(from: $from, to: $to, maxDepth: $maxDepth) {
      vertices { ...VertexFields }
      arrows { ...ArrowFields }
    }
    sources { ...WalkedSource }
  }
`);

/** What surrounds an asset at two moments, and in what that is not alike. */
export const GraphChanges = graphql(`
  query GraphChanges($roots: [ID!]!, $depth: Int!, $from: DateTime!, $to: DateTime, $max: Int!) {
    diff(from: $from, to: $to, around: $roots, depth: $depth, maxVertices: $max) {
      before { ...MomentGraph }
      after { ...MomentGraph }
      vertices { id difference title target { kind identifier } fields { name before after } }
      arrows { difference arrow { ...ArrowFields } }
      truncated
    }
  }
`);

graphql(`
  fragment MomentGraph on InventoryAsOf {
    time
    readings { source time isComplete }
    graph(roots: $roots, depth: $depth, maxVertices: $max) {
      vertices { ...VertexFields }
      arrows { ...ArrowFields }
    }
  }
`);

/** What some vertices are called, and the relations between them. */
export const NamedVertices = graphql(`
  query NamedVertices($ids: [ID!]!) {
    graph(roots: $ids, depth: 0) { vertices { ...VertexFields } }
  }
`);

/** The worst first. As many as one answer may hold: what is beyond them is no worse than the last of them. */
export const WorstFindings = graphql(`
  query WorstFindings {
    findings(first: 1000, filter: { status: [OPEN] }, orderBy: { field: SEVERITY, direction: DESC }) {
      totalCount
      nodes { severity resource { id } }
    }
  }
`);

export const VertexDetails = graphql(`
  query VertexDetails($id: ID!) {
    node(id: $id) {
      __typename
      ... on Asset { displayName source { name } }
      ... on Resource { service region state resourceId lastSeenAt costEstimateMonthly account { name } }
      ... on Host { hostname manufacturer osFamily hostSeenAt: lastSeenAt addresses { address } network { name } }
      ... on Service { definition host { id displayName } }
    }
  }
`);

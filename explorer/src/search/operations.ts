import { graphql } from '../gql/index.ts';

/** What a term names as an identifier. Certificates are asked for their ids only: more of one costs a request. */
export const SearchIdentifiers = graphql(`
  query SearchIdentifiers($term: String!) {
    lookup(any: [$term]) {
      matchedOn
      node {
        __typename
        id
        ... on Asset { displayName }
        ... on Resource { service region }
        ... on Host { addresses { address } }
        ... on Service { host { displayName } }
        ... on Network { name }
        ... on Subnet { name cidr }
        ... on CloudAccount { name awsAccountNumber }
      }
    }
  }
`);

/** Resources that a term is a part of. Until the index holds them, their lists are read whole. */
export const SearchResources = graphql(`
  query SearchResources($term: String!, $first: Int!) {
    resources(first: $first, filter: { search: $term }) {
      totalCount
      nodes { __typename id displayName service region resourceId tags { key value } }
    }
  }
`);

/** Hosts and services that a term is a part of. */
export const SearchNetworks = graphql(`
  query SearchNetworks($term: String!, $first: Int!) {
    hosts(first: $first, filter: { search: $term }) {
      totalCount
      nodes {
        __typename
        id
        displayName
        name
        hostname
        description
        addresses { address }
        services { displayName }
      }
    }
    services(first: $first, filter: { search: $term }) {
      totalCount
      nodes { __typename id displayName definition host { displayName } }
    }
  }
`);

/** Short lists that are asked for once, and looked through here. */
export const SearchPlaces = graphql(`
  query SearchPlaces {
    sources { name kind health index { complete records } }
    accounts { __typename id name awsAccountNumber }
    networks(first: 500) { nodes { __typename id name } }
  }
`);

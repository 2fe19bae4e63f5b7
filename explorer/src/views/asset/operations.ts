import { graphql } from '../../gql/index.ts';

export const AssetFacts = graphql(`
  query AssetFacts($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Resource {
        displayName
        resourceId
        service
        region
        state
        costEstimateMonthly
        createdAt
        lastSeenAt
        account { id name awsAccountNumber }
        tags { key value }
        source { name }
      }
      ... on Host {
        displayName
        hostname
        description
        hidden
        manufacturer
        model
        osFamily
        seenAt: lastSeenAt
        createdAt
        network { id name }
        addresses { id address name macAddress subnet { id cidr } }
        ports { id number protocol }
        services { id displayName definition }
        virtualization { type name }
        source { name }
      }
      ... on Service {
        displayName
        definition
        createdAt
        host { __typename id displayName }
        network { id name }
        bindings { id allAddresses address { address } port { number protocol } }
        virtualization { type name }
        source { name }
      }
      ... on Finding {
        summary
        type
        severity
        status
        firstDetectedAt
        lastDetectedAt
        details
        resource { __typename id displayName }
        account { id name }
        certificate { id primaryDomain }
        source { name }
      }
      ... on Certificate {
        primaryDomain
        altNames
        issuer
        notBefore
        notAfter
        algorithm
        origin
      }
      ... on CloudAccount {
        name
        awsAccountNumber
        connection: status
        lastScanAt
        lastError
        enabledScanners
        source { name }
      }
      ... on Network { name createdAt source { name } }
      ... on Subnet { name cidr type description network { id name } source { name } }
    }
  }
`);

export const AssetFindings = graphql(`
  query AssetFindings($id: ID!) {
    resource(by: { id: $id }) {
      findings(first: 50) {
        totalCount
        nodes { id severity status summary lastDetectedAt }
      }
    }
  }
`);

export const AssetLinks = graphql(`
  query AssetLinks($id: ID!) {
    node(id: $id) {
      __typename
      ... on Resource {
        hosts { confidence rule evidence { rule detail } host { __typename id displayName network { name } } }
      }
      ... on Host {
        resources { confidence rule evidence { rule detail } resource { __typename id displayName service region } }
      }
    }
  }
`);

export const AssetRelations = graphql(`
  query AssetRelations($id: ID!) {
    node(id: $id) {
      __typename
      ... on Asset {
        dependencies(first: 50) {
          totalCount
          edges { kind relationship confidence node { __typename id displayName } target { kind identifier } }
        }
        dependents(first: 50) {
          totalCount
          edges { kind relationship confidence node { __typename id displayName } target { kind identifier } }
        }
      }
    }
  }
`);

export const AssetChanges = graphql(`
  query AssetChanges($id: ID!, $until: DateTime) {
    changes(first: 50, asset: $id, until: $until) {
      totalCount
      nodes { kind noticedAt since fields { name before after } }
    }
  }
`);

export const RecordContents = graphql(`
  query RecordContents($id: ID!) {
    node(id: $id) {
      __typename
      ... on CloudAccount { resources(first: 60) { totalCount nodes { __typename id displayName } } }
      ... on Network { hosts(first: 60) { totalCount nodes { __typename id displayName } } }
      ... on Subnet { hosts(first: 60) { totalCount nodes { __typename id displayName } } }
      ... on Certificate { servedBy { host { __typename id displayName } } }
    }
  }
`);

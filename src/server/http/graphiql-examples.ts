/** Queries GraphiQL opens with. Each returns data on the demo, and starts with what it shows. */
export const EXAMPLES: readonly string[] = [
  `# The upstream servers behind the graph, and what they hold.
# Every answer contains what it cost: see "cost" in the "extensions" below the data.
query Start {
  sources {
    name
    kind
    health
    serverVersion
    budget { limit windowSeconds remaining queued }
  }
  organizations { name }
  accounts { name awsAccountNumber status lastScanAt }
  networks { nodes { name } totalCount }
}
`,
  `# The open findings that matter most, each with its resource, its account and the scan that saw it last.
query Findings {
  findings(first: 20, filter: { severity: [CRITICAL, HIGH], status: [OPEN] }) {
    totalCount
    nodes {
      type
      severity
      summary
      resource { displayName service region costEstimateMonthly }
      account { name }
      lastScan { status completedAt }
    }
  }
}
`,
  `# The hosts of the network with their addresses, ports and services.
query Hosts {
  hosts(first: 20, orderBy: { field: NAME }) {
    totalCount
    nodes {
      displayName
      network { name }
      addresses { address subnet { cidr } }
      ports { number protocol }
      services { name definition }
    }
  }
}
`,
  `# Instances: what each depends on, and what depends on it. A target that is in no inventory has no node.
query Dependencies {
  resources(first: 5, filter: { service: ["ec2"] }) {
    totalCount
    nodes {
      displayName
      region
      state
      dependencies { edges { kind node { displayName } target { kind identifier } } }
      dependents { edges { kind node { displayName } } }
    }
  }
}
`,
  `# Hosts on the network that are cloud resources, and how that is known. Read from the index: a few seconds after the start.
query OneMachine {
  correlations(first: 20, minConfidence: HIGH) {
    totalCount
    nodes {
      confidence
      rule
      host { displayName network { name } }
      resource { displayName service region account { name } }
      evidence { detail }
    }
  }
  correlationReport { linksByRule { key count } unmatchedNetwork { key count } }
}
`,
];

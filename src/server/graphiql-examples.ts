/** Queries GraphiQL opens with. Each returns data on the demo. */
export const EXAMPLES: readonly string[] = [
  `# The upstream servers behind this graph, and what may still be asked of them.
# Costs no upstream request: see "extensions.cost" of every answer.
query Sources {
  sources {
    name
    kind
    health
    serverVersion
    budget { limit windowSeconds remaining queued }
  }
}
`,
];

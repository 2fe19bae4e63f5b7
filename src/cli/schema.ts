import { Command } from 'commander';

interface SchemaOptions {
  readonly subgraph?: boolean;
  readonly prefix: string;
  readonly nodeFields: boolean;
}

export const schemaCommand = (): Command =>
  new Command('schema')
    .description('Print the schema as SDL, in a stable order.')
    .option('--subgraph', 'print it as a federation subgraph, for composers')
    .option('--prefix <prefix>', 'put before type names of the subgraph, as federation.typePrefix does', '')
    .option('--no-node-fields', 'leave node and nodes out of the subgraph, as federation.nodeFields: false does')
    .action(async ({ subgraph, prefix, nodeFields }: SchemaOptions) => {
      const { lexicographicSortSchema, printSchema } = await import('graphql');
      const { schema } = await import('../schema.ts');
      const sorted = lexicographicSortSchema(schema);
      if (!subgraph) {
        process.stdout.write(`${printSchema(sorted)}\n`);
        return;
      }
      const { sourceKinds } = await import('#sources/kinds.ts');
      const { pagingOf } = await import('#sources/paging.ts');
      const { createSubgraph } = await import('#graphql/federation/subgraph.ts');
      process.stdout.write(
        createSubgraph(sorted, { typePrefix: prefix, nodeFields, paging: pagingOf(sourceKinds) }).sdl,
      );
    });

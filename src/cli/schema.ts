import { Command } from 'commander';

export const schemaCommand = (): Command =>
  new Command('schema').description('Print the schema as SDL, in a stable order.').action(async () => {
    const { lexicographicSortSchema, printSchema } = await import('graphql');
    const { schema } = await import('../schema.ts');
    process.stdout.write(`${printSchema(lexicographicSortSchema(schema))}\n`);
  });

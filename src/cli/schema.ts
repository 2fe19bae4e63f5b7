import { Command } from 'commander';
import { lexicographicSortSchema, printSchema } from 'graphql';

export const schemaCommand = (): Command =>
  new Command('schema').description('Print the schema as SDL, in a stable order.').action(async () => {
    const { schema } = await import('../schema.ts');
    process.stdout.write(`${printSchema(lexicographicSortSchema(schema))}\n`);
  });

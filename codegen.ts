import type { CodegenConfig } from '@graphql-codegen/cli';
import { withPastOperations } from './explorer/past-operations.ts';

const readonlyTypes = {
  useTypeImports: true,
  enumsAsTypes: true,
  immutableTypes: true,
  scalars: { BigInt: 'number', DateTime: 'string', Decimal: 'string', JSON: 'unknown' },
};

/** Typed documents from the printed schema: `npm run codegen` after the schema or an operation changed. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  generates: {
    'test/generated/': {
      preset: 'client',
      documents: ['docs/questions/*.graphql'],
      presetConfig: { fragmentMasking: false },
      config: { ...readonlyTypes, documentMode: 'string', importExtension: '.ts' },
    },
    'examples/backstage/src/gql/': {
      preset: 'client',
      documents: ['examples/backstage/src/*.graphql'],
      presetConfig: { fragmentMasking: false },
      config: { ...readonlyTypes, documentMode: 'string', importExtension: '.ts' },
    },
    'explorer/src/gql/': {
      preset: 'client',
      documents: ['explorer/src/**/*.{ts,tsx}', '!explorer/src/gql/**'],
      documentTransforms: [{ transform: withPastOperations }],
      presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm: 'sha256' } },
      config: { ...readonlyTypes, importExtension: '.ts' },
    },
  },
};

export default config;

import type { CodegenConfig } from '@graphql-codegen/cli';

/** Typed documents from the printed schema: `npm run codegen` after the schema or an operation changed. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  generates: {
    'examples/frontend/src/gql/': {
      preset: 'client',
      documents: ['examples/frontend/src/**/*.{ts,tsx}', '!examples/frontend/src/gql/**'],
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        immutableTypes: true,
        scalars: { BigInt: 'number', DateTime: 'string', Decimal: 'string', JSON: 'unknown' },
      },
    },
  },
};

export default config;

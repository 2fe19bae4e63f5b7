import { EXAMPLES } from './graphiql-examples.ts';

let page: Promise<Buffer> | undefined;

/** GraphiQL with everything it needs inside: works without internet. Several megabytes, made once, on first use. */
export const graphiqlPage = (): Promise<Buffer> => (page ??= render());

const render = async (): Promise<Buffer> => {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  return Buffer.from(
    renderGraphiQL({
      title: 'Inventory Gateway',
      endpoint: '/graphql',
      defaultTabs: EXAMPLES.map((query) => ({ query })),
      defaultQuery: EXAMPLES[0] ?? '',
      schemaDescription: true,
      inputValueDeprecation: true,
    }),
  );
};

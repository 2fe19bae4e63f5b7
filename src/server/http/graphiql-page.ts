import { EXAMPLES } from './graphiql-examples.ts';

/** GraphiQL is one page with inline script and blob workers, that talks to its own origin only. */
export const GRAPHIQL_CSP = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' blob:",
  "style-src 'unsafe-inline'",
  'worker-src blob:',
  "connect-src 'self'",
  'img-src data:',
  'font-src data:',
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

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

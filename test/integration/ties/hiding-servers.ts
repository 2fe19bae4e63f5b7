import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { createGateway } from '#server/create-gateway.ts';
import { type Harness, type HarnessOptions, post, startHarness } from '../../support/harness.ts';

type Hides = (row: Readonly<Record<string, unknown>>) => boolean;

/** Passes everything on, less the rows that it hides from every list, which goes on counting them. */
const hidingProxy = async (target: string, hides: Hides): Promise<string> => {
  const { origin, pathname } = new URL(target);
  const server = createServer(async (request, response) => {
    const headers = {
      authorization: request.headers.authorization ?? '',
      'x-api-key': String(request.headers['x-api-key'] ?? ''),
    };
    const answer = await fetch(`${origin}${request.url}`, { headers });
    const body = JSON.parse(await answer.text());
    if (Array.isArray(body.data))
      body.data = body.data.filter((row: unknown) => !hides(row as Record<string, unknown>));
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname === '/' ? '' : pathname}`;
};

/** A gateway over demo servers that count some rows and show them in no list. */
export const startHiding = async (hides: Hides, options: HarnessOptions): Promise<Pick<Harness, 'query'>> => {
  const harness = await startHarness(options);
  onTestFinished(() => harness.close());
  const { config } = harness;
  const sources = config.sources.map(async (source) => ({ ...source, url: await hidingProxy(source.url, hides) }));
  const gateway = await createGateway({ ...config, sources: await Promise.all(sources) });
  onTestFinished(() => gateway.close());
  return { query: (document, variables) => post(gateway.url, { query: document, variables }) };
};

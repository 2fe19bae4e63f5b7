import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { createGatewayRuntime } from '@graphql-hive/gateway';
import { parse } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { BILLING_SDL } from '../support/federation/neighbours.ts';

export interface Running {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves until closed, on a free port. */
const serve = async (handle: RequestListener, path = '/graphql'): Promise<Running> => {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

export const startApolloRouter = async (supergraphSdl: string): Promise<Running> => {
  const server = new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl }) });
  const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } });
  return { url, close: () => server.stop() };
};

/** How Hive's router listens to a subgraph. */
export type Listening = 'sse' | 'websockets';

export const startHiveRouter = async (supergraph: string, listening: Listening = 'sse'): Promise<Running> => {
  const runtime = createGatewayRuntime({
    supergraph,
    logging: false,
    landingPage: false,
    ...(listening === 'websockets' && {
      transportEntries: { inventory: { options: { subscriptions: { kind: 'ws', location: '/graphql' } } } },
    }),
  });
  const running = await serve(runtime);
  return {
    url: running.url,
    close: async () => {
      await running.close();
      await runtime.dispose();
    },
  };
};

export interface Bill {
  readonly resourceId: string;
  readonly awsAccountNumber: string;
}

/** Somebody else's subgraph, which refers to cloud resources by ARN and accounts by number. */
export const startBilling = (bills: readonly Bill[]): Promise<Running> => {
  const schema = buildSubgraphSchema({
    typeDefs: parse(BILLING_SDL),
    resolvers: {
      Query: { bills: () => bills.map((bill, id) => ({ id, resource: bill, account: bill })) },
      Resource: { __resolveReference: (of: object) => of, monthToDate: () => '1.00' },
      CloudAccount: { __resolveReference: (of: object) => of, owner: () => 'finance' },
    } as never,
  });
  return serve(createYoga({ schema, logging: false }));
};

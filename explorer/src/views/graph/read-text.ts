import type { Client } from 'urql';
import type { GraphTextQueryVariables } from '../../gql/graphql.ts';
import type { Picture } from '../../picture/picture.ts';
import { MAX_ROOTS } from './graph-params.ts';
import { GraphText } from './operations.ts';
import type { TextFormat } from './save-menu.tsx';

/** The graph as text; fails with words for people. */
export const readText = async (client: Client, variables: GraphTextQueryVariables): Promise<string> => {
  const { data, error } = await client.query(GraphText, variables).toPromise();
  if (data?.graph) return data.graph.export;
  throw new Error(error?.graphQLErrors[0]?.message ?? 'The gateway does not answer.');
};

/** The vertices of a picture with all relations between them; null where there are more than one walk can start from. */
export const readTextOfVertices = (client: Client, { vertices }: Picture) => {
  if (vertices.length > MAX_ROOTS) return null;
  const around = { roots: vertices.map(({ id }) => id), depth: 0, direction: 'BOTH', max: MAX_ROOTS } as const;
  return (format: TextFormat) => readText(client, { ...around, format });
};

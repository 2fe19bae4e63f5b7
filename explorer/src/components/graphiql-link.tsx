import type { AnyVariables, TypedDocumentNode } from 'urql';
import { graphiqlAddress } from '../api/graphiql-address.ts';

export interface GraphiQLLinkProps<Variables extends AnyVariables> {
  readonly operation: TypedDocumentNode<unknown, Variables>;
  readonly variables: Variables;
}

/** Opens what a view asked in GraphiQL, to be changed and run there. */
export const GraphiQLLink = <Variables extends AnyVariables>({
  operation,
  variables,
}: GraphiQLLinkProps<Variables>) => (
  <a href={graphiqlAddress(operation, variables ?? {})} target="_blank" rel="noreferrer">
    Open in GraphiQL
  </a>
);

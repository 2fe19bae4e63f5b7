import type { AnyVariables, TypedDocumentNode } from 'urql';
import { graphiqlAddress } from '../api/graphiql-address.ts';
import { MOMENT } from '../api/moment.ts';
import { pastOf } from '../api/moment-exchange.ts';

export interface GraphiQLLinkProps<Variables extends AnyVariables> {
  readonly operation: TypedDocumentNode<unknown, Variables>;
  readonly variables: Variables;
}

/** Opens what a view asked in GraphiQL, to be changed and run there. */
export const GraphiQLLink = <Variables extends AnyVariables>({
  operation,
  variables,
}: GraphiQLLinkProps<Variables>) => {
  const past = MOMENT === null ? null : pastOf(operation);
  return (
    <a
      href={graphiqlAddress(past ?? operation, { ...variables, ...(past && { at: MOMENT }) })}
      target="_blank"
      rel="noreferrer"
    >
      Open in GraphiQL
    </a>
  );
};

import type { FindingSeverity } from '../gql/graphql.ts';

/** How bad a finding is. */
export const Severity = ({ of }: { readonly of: FindingSeverity }) => (
  <span className={`chip ${of.toLowerCase()}`}>{of.toLowerCase()}</span>
);

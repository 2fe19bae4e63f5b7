import type { ChangeKind } from '../gql/graphql.ts';

/** What happened, after the name of what it happened to. */
export const CHANGE_WORDS: Readonly<Record<ChangeKind, string>> = {
  ADDED: 'appeared',
  REMOVED: 'is gone',
  CHANGED: 'changed',
  REOPENED: 'is open again',
};

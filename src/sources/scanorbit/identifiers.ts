import type { LookUp } from '../cloud-client.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The server answers 500 to anything else in the path of a finding, a scan or an edge list, so it is never sent. */
export const isUuid = (text: string): boolean => UUID.test(text);

/** Longest identifier the server looks up, in characters before encoding. */
const MAX_IDENTIFIER_LENGTH = 128;

/** Names of other routes, and path segments that every URL parser resolves away, encoded or not. */
const SIBLING_ROUTES = new Set(['stats', 'regions', 'services', '.', '..']);

const hasControlCharacter = (text: string): boolean => [...text].some((character) => character < ' ');

/** Whether a row may be called so at all. */
const mayExist = (text: string): boolean => text !== '' && text.isWellFormed() && !hasControlCharacter(text);

/** Whether `/resources/{identifier}` reaches the lookup, and not a refusal, a sibling route or a database error. */
export const isIdentifier = (text: string): boolean =>
  mayExist(text) && text.length <= MAX_IDENTIFIER_LENGTH && !SIBLING_ROUTES.has(text);

export const lookUpOf = (text: string): LookUp => {
  if (isIdentifier(text)) return 'CALL';
  return mayExist(text) ? 'LIST' : 'NONE';
};

import type { IncomingMessage } from 'node:http';
import { type DocumentNode, type GraphQLSchema, getOperationAST } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { GatewayConfig } from '#config/config.ts';
import { variablesOf } from '#graphql/execution/variables-of.ts';
import type { Viewer } from '../auth/viewer.ts';
import { hashIn, type KnownDocuments } from '../documents/known-documents.ts';
import { longestList } from '../plugins/use-limits.ts';
import { type QueryParams, queryParams } from './query-params.ts';

/** A document that was executed before: it is parsed and valid, and its answers are one JSON document each. */
export interface PreparedDocument {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
}

/** A request that needs nothing of yoga but what its plugins do around the execution. */
export interface PreparedQuery extends PreparedDocument {
  readonly params: QueryParams;
  /** As yoga chose it for the same document and header `Accept`. */
  readonly contentType: string;
}

/** Characters of all documents together. */
const MOST_CHARACTERS = 1_000_000;

/**
 * Documents that yoga has answered, by what decides how: a JSON request that asks one of them again with other variables is prepared.
 * Whatever of a request yoga would refuse before it executes anything, is left to yoga.
 */
export class PreparedQueries {
  readonly #known = new LRUCache<string, PreparedDocument & { readonly contentType: string }>({
    maxSize: MOST_CHARACTERS,
    sizeCalculation: (_, key) => key.length,
  });
  readonly #config: GatewayConfig;
  readonly #documents: KnownDocuments;

  constructor(config: GatewayConfig, documents: KnownDocuments) {
    this.#config = config;
    this.#documents = documents;
  }

  find(request: IncomingMessage, body: string, viewer: Viewer): PreparedQuery | null {
    const params = this.#read(request, body, viewer);
    const known = params && this.#known.get(keyOf(request, params));
    if (!known || longestList(params.variables) > this.#config.limits.listSize) return null;
    const operation = getOperationAST(known.document, params.operationName);
    if (!operation || !variablesOf(known.schema, operation, params.variables)) return null;
    return { ...known, params };
  }

  /** @param contentType of yoga's answer to this request, which was executed as `prepared` */
  learn(request: IncomingMessage, body: string, viewer: Viewer, prepared: PreparedDocument, contentType: string): void {
    const params = this.#read(request, body, viewer);
    if (params) this.#known.set(keyOf(request, params), { ...prepared, contentType });
  }

  /** What a request asks for, with the document in the place of its hash. */
  #read({ method, url, headers }: IncomingMessage, body: string, viewer: Viewer): QueryParams | null {
    if (method !== 'POST' || url !== '/graphql' || !isJson(headers['content-type'])) return null;
    const params = queryParams(body);
    if (!params) return null;
    const hash = hashIn(params.extensions);
    if (hash === null) return params.query && !this.#config.persisted.trustedOnly ? (params as QueryParams) : null;
    // A document that comes with its hash is to be remembered, or refused.
    if (params.query) return null;
    const query = this.#documents.find(viewer, hash);
    return query === undefined ? null : { ...params, query };
  }
}

const isJson = (contentType: string | undefined): boolean =>
  contentType === 'application/json' || contentType?.startsWith('application/json;') === true;

const keyOf = ({ headers: { accept } }: IncomingMessage, { operationName, query }: QueryParams): string =>
  `${accept}\n${operationName}\n${query}`;

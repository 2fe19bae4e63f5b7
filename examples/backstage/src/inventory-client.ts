import type { TypedDocumentString } from './gql/graphql.ts';

export interface InventoryClientOptions {
  /** Of the gateway, e.g. `https://inventory.example.com`. */
  readonly url: string;
  /** A key of the gateway; none where it asks for none. */
  readonly key?: string | undefined;
}

export interface InventoryAnswer<Data> {
  /** Null when nothing could be answered; then there is an error. */
  readonly data: Data | null;
  /** What could not be answered, beside the data. */
  readonly errors: readonly { readonly message: string }[];
  /** Requests to ScanOrbit and Scanopy that it took. */
  readonly upstreamRequests: number;
}

interface Body<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string }[];
  readonly extensions?: { readonly cost?: { readonly requests?: Readonly<Record<string, number>> } };
}

/** Asks the gateway; what it answers has the type of the document. */
export class InventoryClient {
  readonly url: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor({ url, key }: InventoryClientOptions) {
    this.url = url.replace(/\/+$/, '');
    this.#headers = { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) };
  }

  /** @throws when the gateway does not answer. */
  async ask<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    signal?: AbortSignal,
  ): Promise<InventoryAnswer<Data>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: this.#headers,
      body: JSON.stringify({ query: document.toString(), variables }),
      ...(signal ? { signal } : {}),
    });
    const { data = null, errors = [], extensions } = (await response.json()) as Body<Data>;
    const requests = Object.values(extensions?.cost?.requests ?? {});
    return { data, errors, upstreamRequests: requests.reduce((sum, count) => sum + count, 0) };
  }
}

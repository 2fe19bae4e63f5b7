import type { ArgBuilder, ObjectRef } from '@pothos/core';
import { InputError } from '#lib/gateway-error.ts';
import type { SlicedList } from '#lib/sliced-list.ts';
import { type BuilderTypes, builder } from '../builder.ts';
import { DEFAULT_PAGE, MAX_PAGE } from '../page-sizes.ts';

interface PageInfoModel {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

export interface EdgeModel<T> {
  readonly cursor: string;
  readonly node: T;
}

/** A cut of a list. What needs a count is asked for only when selected. */
export interface ConnectionModel<T> {
  readonly edges: readonly EdgeModel<T>[];
  readonly pageInfo: () => Promise<PageInfoModel>;
  readonly totalCount: () => Promise<number>;
}

export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

const encodeCursor = (offset: number): string => Buffer.from(`offset:${offset}`).toString('base64url');

/** Most callers ask for no cursor, so it is made when it is asked for. */
class Edge<T> implements EdgeModel<T> {
  readonly node: T;
  readonly #offset: number;

  constructor(node: T, offset: number) {
    this.node = node;
    this.#offset = offset;
  }

  get cursor(): string {
    return encodeCursor(this.#offset);
  }
}

const decodeCursor = (name: string, cursor: string): number => {
  const match = /^offset:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (!match) throw cursorError(name, cursor);
  return Number(match[1]);
};

export const cursorError = (name: string, cursor: string): InputError =>
  new InputError(`Expected "${name}" to be a cursor of this list, got ${JSON.stringify(cursor.slice(0, 80))}.`);

/** @throws InputError unless a page may have that many items */
export const checkedSize = (name: string, size: number | null | undefined): number | null => {
  if (size === null || size === undefined) return null;
  if (size >= 1 && size <= MAX_PAGE) return size;
  throw new InputError(`Expected "${name}" to be between 1 and ${MAX_PAGE}, got ${size}.`);
};

/** Cuts `list` by the Relay rules: cursors first, then `first`, then `last`. */
export const connect = async <T>(list: SlicedList<T>, args: PageArgs): Promise<ConnectionModel<T>> => {
  const last = checkedSize('last', args.last);
  const first = checkedSize('first', args.first) ?? (last === null ? DEFAULT_PAGE : null);
  let start = args.after ? decodeCursor('after', args.after) + 1 : 0;
  let end = args.before ? decodeCursor('before', args.before) : Number.POSITIVE_INFINITY;
  if (last !== null) end = Math.min(end, await list.count());
  if (first !== null) end = Math.min(end, start + first);
  if (last !== null) start = Math.max(start, end - last);

  const rows = end > start ? await list.slice(start, end - start) : [];
  const edges: Edge<T>[] = [];
  for (const [i, node] of rows.entries()) if (node !== null) edges.push(new Edge(node, start + i));
  return {
    edges,
    totalCount: () => list.count(),
    pageInfo: async () => ({
      hasNextPage: start + rows.length < (await list.count()),
      hasPreviousPage: start > 0 && (await list.count()) > 0,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    }),
  };
};

export const PageInfo = builder.objectRef<PageInfoModel>('PageInfo').implement({
  description: 'Where a page of a connection stands in the whole list (Relay).',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', { description: 'More items follow this page.' }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', { description: 'Items precede this page.' }),
    startCursor: t.exposeString('startCursor', {
      nullable: true,
      description: 'Cursor of the first item, for `before`.',
    }),
    endCursor: t.exposeString('endCursor', { nullable: true, description: 'Cursor of the last item, for `after`.' }),
  }),
});

/** Declares `<name>Connection` and `<name>Edge` over `node`. */
export const connectionType = <T>(name: string, node: ObjectRef<BuilderTypes, T>) => {
  const EdgeRef = builder.objectRef<EdgeModel<T>>(`${name}Edge`).implement({
    description: `One ${name} and its place in the list.`,
    fields: (t) => ({
      cursor: t.exposeString('cursor', { description: 'Opaque place in this list, for `after` and `before`.' }),
      node: t.field({ type: node, description: `The ${name}.`, resolve: (edge) => edge.node as never }),
    }),
  });
  return builder.objectRef<ConnectionModel<T>>(`${name}Connection`).implement({
    description: `A page of a list of type ${name} (Relay).`,
    fields: (t) => ({
      edges: t.field({
        type: [EdgeRef],
        description: 'The items of this page with their cursors.',
        resolve: (page) => page.edges,
      }),
      nodes: t.field({
        type: [node],
        description: 'The items of this page, without cursors.',
        resolve: (page) => page.edges.map((edge) => edge.node) as never,
      }),
      pageInfo: t.field({
        type: PageInfo,
        description: 'Where this page stands in the list.',
        resolve: (page) => page.pageInfo(),
      }),
      totalCount: t.int({
        description: 'Number of items in the whole list, after filters.',
        resolve: (page) => page.totalCount(),
      }),
    }),
  });
};

/** The four Relay arguments, for `args: { ...pageArgs(t) }`. */
export const pageArgs = (t: { readonly arg: ArgBuilder<BuilderTypes> }) => ({
  first: t.arg.int({ description: `Return at most this many from the start: 1–${MAX_PAGE}, default ${DEFAULT_PAGE}.` }),
  after: t.arg.string({ description: 'Return items after this cursor.' }),
  last: t.arg.int({ description: `Return at most this many from the end: 1–${MAX_PAGE}.` }),
  before: t.arg.string({ description: 'Return items before this cursor.' }),
});

import { accountsOfSource } from '#entities/cloud-account/loaders.ts';
import type { AssetEdge, ResourceEdge } from '#entities/dependency/model.ts';
import { isGloballyUnique, localName } from '#inventory/identifiers/aws-identifiers.ts';
import { edgesInto, isMeant } from '#inventory/snapshot/derived.ts';
import { refKey } from '#lib/record-ref.ts';
import type { Shortfall } from '#lib/sliced-list.ts';
import { perRequest, type RequestContext } from '#loading/context.ts';
import { currentSnapshot } from '#loading/once-per-source.ts';
import { reportShortfallOfAnswer, unshown } from '#loading/report-problem.ts';
import { resourceRules } from '#sources/cloud-queries.ts';
import type { ResourceModel, ResourceSummary } from '../model.ts';
import { resourceById } from './by-id.ts';
import { resourcePages } from './pages.ts';

type End = 'dependencies' | 'dependents';

const edgesByResource = perRequest(() => new Map<string, Promise<readonly ResourceEdge[]>>());

/**
 * The edges of a resource, where the index holds all of them as they are now; what it did not ask for has none. A resource whose
 * edges could not be read may point at any other.
 */
const indexedEdges = async (
  context: RequestContext,
  end: End,
  resource: ResourceModel,
): Promise<readonly ResourceEdge[] | null> => {
  const snapshot = await currentSnapshot(context, context.sources.ofSide('CLOUD', resource.source));
  if (!snapshot?.edgesComplete || !snapshot.resources.has(resource.id)) return null;
  const { unreadEdges } = snapshot;
  if (end === 'dependencies' ? unreadEdges.includes(resource.id) : unreadEdges.length > 0) return null;
  return end === 'dependencies' ? (snapshot.edges.get(resource.id) ?? []) : edgesInto(snapshot, resource);
};

/** One call per resource, end and request; none where the index has them. */
const edgesOf = (context: RequestContext, end: End, resource: ResourceModel): Promise<readonly ResourceEdge[]> => {
  const key = `${end} ${refKey(resource)}`;
  const known = edgesByResource(context).get(key) ?? readEdges(context, end, resource);
  edgesByResource(context).set(key, known);
  return known;
};

const readEdges = async (
  context: RequestContext,
  end: End,
  resource: ResourceModel,
): Promise<readonly ResourceEdge[]> => {
  const { client } = context.sources.ofSide('CLOUD', resource.source);
  const report = (short: Shortfall) => reportShortfallOfAnswer(context, resource.source, short);
  return (await indexedEdges(context, end, resource)) ?? client[end](resource, context.scope, report);
};

/**
 * The edges of a resource as the upstream reports them, less those that only look like its own.
 *
 * The upstream matches targets by identifier across the whole organization, so where two accounts own an `orders-db`, the edges to
 * either are shown as dependents of both.
 */
const edgesOfResource = async (
  context: RequestContext,
  end: End,
  resource: ResourceModel,
): Promise<readonly ResourceEdge[]> => {
  const edges = await edgesOf(context, end, resource);
  if (end === 'dependencies' || isGloballyUnique(resource.resourceId)) return edges;
  if (await hasOneAccount(context, resource.source)) return edges;
  const accounts = await Promise.all(edges.map((edge) => accountOf(context, edge.resource)));
  return edges.filter((_, i) => isMeant(resource, accounts[i] ?? null));
};

const hasOneAccount = async (context: RequestContext, source: string): Promise<boolean> =>
  (await accountsOfSource(context, source)).length === 1;

/** @returns null when nothing is known of it. */
const accountOf = async (context: RequestContext, row: ResourceEdge['resource']): Promise<string | null> => {
  if (!row) return null;
  if ('accountId' in row) return row.accountId;
  return (await resourceById(context).load({ source: row.source, id: row.id }))?.accountId ?? null;
};

/** The other end by name, when that is beyond doubt: its identifier means one thing only, or its account was checked. */
const certainEnd = (end: End, edge: ResourceEdge): ResourceSummary | null =>
  edge.resource && (end === 'dependents' || isGloballyUnique(edge.target.identifier)) ? edge.resource : null;

/**
 * The row at the other end; null when it is in no inventory. A target that the upstream found in another account, or under another
 * service, is looked for in the account of the resource itself.
 */
const otherEnd = async (
  context: RequestContext,
  end: End,
  resource: ResourceModel,
  edge: ResourceEdge,
): Promise<ResourceModel | null> => {
  if (!edge.resource) return null;
  const { source, id } = edge.resource;
  const row = 'accountId' in edge.resource ? edge.resource : await resourceById(context).load({ source, id });
  if (!row || certainEnd(end, edge)) return row;
  if (row.accountId === resource.accountId && row.service === edge.target.kind) return row;
  return inOwnAccount(context, resource, edge);
};

/** @throws UpstreamError when it may be a row that the account's list lacks. */
const inOwnAccount = async (
  context: RequestContext,
  { source, accountId, region }: ResourceModel,
  { target }: ResourceEdge,
): Promise<ResourceModel | null> => {
  const query = { accountId, service: [target.kind] };
  const { rows, missing } = await resourcePages(context).whole(source, query);
  const own = rows.filter(resourceRules.matches(query));
  const named = own.filter((row) => localName(row.resourceId) === localName(target.identifier));
  const nearest = named.find((row) => row.region === region);
  if (!nearest && missing > 0) throw unshown(source, missing);
  return nearest ?? named[0] ?? null;
};

/** The edges of a resource with the way to their other ends. */
export const resourceEdges = async (
  context: RequestContext,
  end: End,
  resource: ResourceModel,
): Promise<readonly AssetEdge[]> =>
  (await edgesOfResource(context, end, resource)).map((edge) => ({
    ...edge,
    known: certainEnd(end, edge),
    load: () => otherEnd(context, end, resource, edge),
  }));

import { type DemoAnswer, jsonAnswer } from '../http.ts';
import type { RouteContext } from './edge-index.ts';
import { activeStatuses } from './edition.ts';
import { listFindings, listResources } from './list-routes.ts';
import type { Route } from './read-path.ts';
import { readScanLimit } from './read-query.ts';

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ROUTE_MISS = { error: 'Not found' };

export function routeMiss(): DemoAnswer {
  return jsonAnswer(404, ROUTE_MISS);
}

/** The answer to an authenticated GET. */
export function answerRoute(context: RouteContext, { endpoint, id }: Route, query: URLSearchParams): DemoAnswer {
  const { live, edition } = context;
  const one = (data: unknown) => jsonAnswer(200, { data });
  switch (endpoint) {
    case '/resources':
      return listResources(context, query);
    case '/resources/stats':
      return one(edition.resourceStats(live.resources()));
    case '/resources/regions':
      return one(distinct(live.resources().map((row) => row.region)));
    case '/resources/services':
      return one(distinct(live.resources().map(edition.serviceOf)));
    case '/resources/{id}':
      return oneResource(context, id);
    case '/resources/{id}/dependencies':
      return uuidForm.test(id) ? one(dependenciesOf(context, id.toLowerCase())) : edition.refusals.notUuid();
    case '/resources/{id}/dependents':
      return uuidForm.test(id) ? one(dependentsOf(context, id.toLowerCase())) : edition.refusals.notUuid();
    case '/findings':
      return listFindings(context, query);
    case '/findings/stats':
      return one(edition.findingStats(live.findings()));
    case '/findings/{id}':
      return oneFinding(context, id);
    case '/scans/active':
      return one(
        live
          .scans()
          .filter((row) => activeStatuses.includes(row.status))
          .map(edition.scan),
      );
    case '/scans/recent':
      return one(live.scans().filter(edition.isRecent).slice(0, readScanLimit(query)).map(edition.scan));
    case '/scans/{id}':
      return oneScan(context, id);
    case '/accounts':
      return one(live.accounts().map(edition.account));
    case '/organization':
      return one(edition.organization());
    default:
      return routeMiss();
  }
}

function distinct(values: readonly (string | null)[]): readonly string[] {
  return [...new Set(values)].filter((value) => value !== null);
}

const MAX_ID_LENGTH = 128;

/** A uuid is tried as one first, and as a provider id like everything else after that. */
function oneResource({ live, edition, edges }: RouteContext, id: string): DemoAnswer {
  if (id.includes('\0')) return edition.refusals.notUuid();
  if (id.length > MAX_ID_LENGTH) return edition.refusals.badResourceId();
  const byUuid = uuidForm.test(id) ? live.resourceById(id.toLowerCase()) : undefined;
  const row = byUuid ?? live.resourceById(edges.idByResourceId(id) ?? '');
  return row ? jsonAnswer(200, { data: edition.resource(row) }) : edition.refusals.notFound('Resource');
}

function dependenciesOf({ live, edition, edges }: RouteContext, id: string): readonly object[] {
  return edges.edgesFrom(id).flatMap((edge) => {
    const target = live.resourceById(edges.idByTarget(edge.targetResourceId) ?? '');
    return edition.dependency(edge, target) ?? [];
  });
}

function dependentsOf({ live, edition, edges }: RouteContext, id: string): readonly object[] {
  const row = live.resourceById(id);
  if (row === undefined) return [];
  return edges.edgesTo(row.resourceId).flatMap((edge) => {
    const source = live.resourceById(edge.fromId);
    return source === undefined ? [] : (edition.dependent(edge, source) ?? []);
  });
}

function oneFinding({ live, edition }: RouteContext, id: string): DemoAnswer {
  if (!uuidForm.test(id)) return edition.refusals.notUuid();
  const row = live.findingById(id.toLowerCase());
  if (row === undefined) return edition.refusals.notFound('Finding');
  const resource = row.resourceId === null ? undefined : live.resourceById(row.resourceId);
  const certificate = live.world.certificates.find((candidate) => candidate.id === row.certificateId);
  return jsonAnswer(200, { data: edition.findingDetail(row, resource, certificate) });
}

function oneScan({ live, edition }: RouteContext, id: string): DemoAnswer {
  if (!edition.answersScanById) return routeMiss();
  if (!uuidForm.test(id)) return edition.refusals.notUuid();
  const row = live.scans().find((scan) => scan.id === id.toLowerCase());
  return row ? jsonAnswer(200, { data: edition.scan(row) }) : edition.refusals.notFound('Scan');
}

import type { FaultWording } from '../fault-delivery.ts';
import { type DemoAnswer, type DemoRequest, jsonAnswer } from '../http.ts';
import { createRandom, type Random } from '../random.ts';
import { type ServedDemo, serveDemo } from '../serve-demo.ts';
import type { CloudWorld } from '../world/cloud-world.ts';
import { cloudWithTies } from '../world/ties.ts';
import { answerRoute, routeMiss } from './answer-route.ts';
import { documentedEdition } from './documented-edition.ts';
import type { RouteContext } from './edge-index.ts';
import { createEdgeIndex } from './edge-index.ts';
import type { EditionName } from './edition.ts';
import { createLiveWorld, type LiveWorld } from './live-world.ts';
import { observedEdition } from './observed-edition.ts';
import { createRateLimiter, keyComplaint, type RateLimit } from './rate-limiter.ts';
import { BASE_PATH, readPath } from './read-path.ts';

export interface ScanOrbitDemoOptions {
  readonly world: CloudWorld;
  readonly edition: EditionName;
  /** @default an invented one of the right form */
  readonly apiKey?: string;
  /** @default any free port */
  readonly port?: number;
  /** @default 127.0.0.1 */
  readonly host?: string;
  /** @default 100 requests in a fixed window of 60 s */
  readonly rateLimit?: RateLimit | false;
  /** Milliseconds since the epoch; moves the limiter's window and the running scan. @default Date.now */
  readonly clock?: () => number;
  /** Before every answer. @default 0 */
  readonly latencyMs?: number | ((request: DemoRequest) => number);
  /** Whether scans run by themselves; otherwise they wait for `completeScan`. @default true */
  readonly movingScans?: boolean;
  /**
   * So many resources share one `lastSeenAt`, so many findings one `createdAt`, and what shares one changes places from page to page,
   * so that a walk repeats and skips. @default no instant is shared, and every page has the same order
   */
  readonly ties?: number;
}

/** What may happen to the company while it is served. */
type LiveChanges = Pick<
  LiveWorld,
  'completeScan' | 'cancelScan' | 'removeAccount' | 'editTags' | 'setFindingStatus' | 'addResource' | 'removeResource'
>;

export interface ScanOrbitDemo extends Omit<ServedDemo, 'origin'>, LiveChanges {
  /** The base URL, `/api/v1` included. */
  readonly url: string;
  readonly apiKey: string;
}

/** A ScanOrbit server of the invented company, in either of the editions that exist. */
export async function startScanOrbitDemo(options: ScanOrbitDemoOptions): Promise<ScanOrbitDemo> {
  const { ties, clock = Date.now, rateLimit = { limit: 100, windowMs: 60_000 } } = options;
  const world = ties === undefined ? options.world : cloudWithTies(options.world, ties);
  const random = createRandom(`wire of ${world.organization.id}`);
  const apiKey = options.apiKey ?? `sk_live_${random.hex(64)}`;
  const edition = options.edition === 'observed' ? observedEdition(world) : documentedEdition(world);
  const live = createLiveWorld(world, clock, options.movingScans ?? true);
  const edges = createEdgeIndex(world, edition.resourceIdOf);
  const context = { live, edition, edges, hasTies: ties !== undefined };
  const count = rateLimit === false ? undefined : createRateLimiter(rateLimit, clock);
  const served = await serveDemo({
    port: options.port ?? 0,
    host: options.host ?? '127.0.0.1',
    clock,
    latencyMs: options.latencyMs ?? 0,
    wording: faultWording(context),
    endpointOf: ({ path }) => readPath(path).endpoint || path,
    answer: (request) => withTraces(random, request, answer(context, request, apiKey, clock, count)),
  });
  const { origin, ...rest } = served;
  return {
    ...rest,
    url: `${origin}${BASE_PATH}`,
    apiKey,
    completeScan: live.completeScan,
    cancelScan: live.cancelScan,
    removeAccount: live.removeAccount,
    editTags: live.editTags,
    setFindingStatus: live.setFindingStatus,
    addResource: live.addResource,
    removeResource: live.removeResource,
  };
}

/** The key is asked for before the route, the limit counted before the route and its parameters are looked at. */
function answer(
  context: RouteContext,
  request: DemoRequest,
  apiKey: string,
  clock: () => number,
  count: ReturnType<typeof createRateLimiter> | undefined,
): DemoAnswer {
  if (request.method === 'OPTIONS') return { status: 204, headers: {}, body: '' };
  if (request.path !== BASE_PATH && !request.path.startsWith(`${BASE_PATH}/`)) return answerOutside(request, clock);
  const { refusals } = context.edition;
  const complaint = keyComplaint(request.headers['x-api-key'], apiKey);
  if (complaint !== null) return refusals.unauthorized(complaint);
  const verdict = count?.();
  if (verdict === undefined) return answerCounted(context, request);
  const said = verdict.allowed ? answerCounted(context, request) : refusals.rateLimited(verdict);
  return { ...said, headers: { ...said.headers, ...refusals.rateHeaders(verdict) } };
}

function answerCounted(context: RouteContext, { method, path, query }: DemoRequest): DemoAnswer {
  if (method === 'POST' && path === `${BASE_PATH}/scans/trigger`) return triggerWithoutAccount(context);
  return method === 'GET' || method === 'HEAD' ? answerRoute(context, readPath(path), query) : routeMiss();
}

/** Whatever was sent: bodies are not read here, and no scan is started. */
function triggerWithoutAccount({ edition: { refusals } }: RouteContext): DemoAnswer {
  const message = 'Invalid input: expected string, received undefined';
  return refusals.badQuery([{ expected: 'string', code: 'invalid_type', path: ['accountId'], message }]);
}

const METRICS = `# HELP process_uptime_seconds Time since the process started.
# TYPE process_uptime_seconds gauge
process_uptime_seconds 86400
`;

function answerOutside({ path, method }: DemoRequest, clock: () => number): DemoAnswer {
  if (method !== 'GET' && method !== 'HEAD') return routeMiss();
  if (path === '/health') {
    return jsonAnswer(200, { status: 'ok', timestamp: new Date(clock()).toISOString(), env: 'production' });
  }
  if (path === '/metrics')
    return { status: 200, headers: { 'content-type': 'text/plain; version=0.0.4' }, body: METRICS };
  return path === '/health/ready' ? jsonAnswer(200, { status: 'ok' }) : routeMiss();
}

/** Ids of the request and of its trace: those that came in, else new ones. */
function withTraces(random: Random, { headers }: DemoRequest, said: DemoAnswer): DemoAnswer {
  const echo = (name: string, digits: number) => {
    const sent = headers[name];
    return typeof sent === 'string' && sent !== '' ? sent : random.hex(digits);
  };
  const traces = { 'x-request-id': echo('x-request-id', 8), 'x-trace-id': echo('x-trace-id', 32) };
  return { ...said, headers: { 'access-control-allow-origin': '*', ...traces, ...said.headers } };
}

function faultWording({ edition: { refusals } }: RouteContext): FaultWording {
  const error = (status: number, name: string, message: string) => jsonAnswer(status, { error: name, message });
  return {
    serverError: () => error(500, 'InternalServerError', 'Something went wrong'),
    poolExhausted: () => error(500, 'DatabaseError', 'A database error occurred. Please try again later.'),
    unavailable: () => error(503, 'HTTP503Error', 'Service temporarily unavailable. Please try again later.'),
    unauthorized: () => refusals.unauthorized('Invalid API key'),
    rateLimited: () => error(429, 'HTTP429Error', 'API rate limit exceeded. Maximum 100 requests per minute.'),
  };
}

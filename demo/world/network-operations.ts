import type { NetworkBuilder } from './network-builder.ts';
import type {
  WorldDaemon,
  WorldDiscovery,
  WorldDiscoverySession,
  WorldHost,
  WorldNetwork,
  WorldService,
} from './network-world.ts';
import { DAY, HOUR, MINUTE } from './time.ts';

const RUNS_PER_SCHEDULE = 12;
const FAILED_RUN = 4;

/** The scanner of a network, its schedule, what it did before, and in the first network a one-off job. */
export function addScanner(builder: NetworkBuilder, network: WorldNetwork, unreachable: boolean): void {
  const { random, now } = builder;
  const host = builder.hosts.find((candidate) => candidate.networkId === network.id);
  if (host === undefined) return;
  const subnetIds = builder.subnets
    .filter((subnet) => subnet.networkId === network.id && ['Lan', 'IoT', 'Management'].includes(subnet.type))
    .map((subnet) => subnet.id);
  const daemon: WorldDaemon = {
    id: random.uuid(),
    networkId: network.id,
    hostId: host.id,
    name: `scanner ${network.name}`,
    mode: unreachable ? 'server_poll' : 'daemon_poll',
    lastSeenAt: builder.instant(now - (unreachable ? 9 * DAY : MINUTE)),
    unreachable,
    subnetIds,
    createdAt: builder.instant(now - 290 * DAY),
  };
  builder.daemons.push(daemon);
  addSchedule(builder, daemon, unreachable);
  if (builder.daemons.length > 1) return;
  addDiscovery(builder, daemon, 'Rescan of the printers', { type: 'AdHoc', lastRunAt: builder.instant(now - 3 * DAY) });
}

/** Jobs of the first scanner that old servers do in ways of their own. */
export function addFormerKinds(builder: NetworkBuilder): void {
  const [daemon] = builder.daemons;
  if (daemon === undefined) return;
  for (const [name, formerType] of [
    ['What the scanner is', 'SelfReport'],
    ['Containers beside the scanner', 'Docker'],
  ] as const) {
    const run = { type: 'AdHoc', lastRunAt: builder.instant(builder.now - 2 * DAY) } as const;
    addDiscovery(builder, daemon, name, run, builder.now - 279 * DAY, formerType);
  }
}

function addSchedule(builder: NetworkBuilder, daemon: WorldDaemon, unreachable: boolean): void {
  const { random, now } = builder;
  const name = `Nightly scan, ${daemon.name}`;
  const cronSchedule = '0 0 2 * * *';
  const lastRunAt = builder.instant(now - DAY);
  const id = addDiscovery(builder, daemon, name, { type: 'Scheduled', cronSchedule, enabled: !unreachable, lastRunAt });
  for (let night = RUNS_PER_SCHEDULE; night >= 1; night -= 1) {
    const start = now - night * DAY;
    const failed = night === FAILED_RUN;
    const session: WorldDiscoverySession = {
      sessionId: random.uuid(),
      discoveryId: night === 1 ? random.uuid() : id,
      phase: failed ? 'Failed' : 'Complete',
      progress: failed ? 37 : 100,
      startedAt: builder.instant(start),
      finishedAt: builder.instant(start + 22 * MINUTE),
      error: failed ? 'Daemon stopped responding' : null,
      hostsDiscovered: failed ? 11 : random.int(40, 90),
      estimatedRemainingSeconds: null,
    };
    addDiscovery(builder, daemon, name, { type: 'Historical', session }, start + 22 * MINUTE);
  }
}

function addDiscovery(
  builder: NetworkBuilder,
  daemon: WorldDaemon,
  name: string,
  run: NetworkBuilder['discoveries'][number]['run'],
  createdAt = builder.now - 280 * DAY,
  formerType?: WorldDiscovery['formerType'],
): string {
  const id = builder.random.uuid();
  builder.discoveries.push({
    id,
    networkId: daemon.networkId,
    daemonId: daemon.id,
    name,
    type: 'Unified',
    ...(formerType && { formerType }),
    hostId: daemon.hostId,
    subnetIds: null,
    run,
    createdAt: builder.instant(createdAt),
  });
  return id;
}

/** The paths and hubs that people drew between the services of a network. */
export function addDependencies(builder: NetworkBuilder, network: WorldNetwork): void {
  const hosts = builder.hosts.filter((host) => host.networkId === network.id);
  const of = (definition: string) => hosts.flatMap((host) => servicesOf(host, definition));
  const [site, app, database, hub] = [of('Nginx')[0], of('Tomcat')[0], of('PostgreSQL')[0], of('Pi-Hole')[0]];
  const path = [site, app, database].filter((service) => service !== undefined);
  if (path.length >= 2) addDependency(builder, network, 'Web shop', 'RequestPath', 'Services', path);
  const report = [app, of('MySQL')[0]].filter((service) => service !== undefined);
  if (report.length === 2) addDependency(builder, network, 'Reports', 'RequestPath', 'Bindings', report, true);
  const spokes = of('Tomcat').slice(0, 4);
  if (hub !== undefined && spokes.length > 0) {
    addDependency(builder, network, 'Name resolution', 'HubAndSpoke', 'Bindings', [hub, ...spokes]);
  }
}

const servicesOf = (host: WorldHost, definition: string) =>
  host.services.filter((service) => service.definition === definition);

function addDependency(
  builder: NetworkBuilder,
  network: WorldNetwork,
  name: string,
  type: 'RequestPath' | 'HubAndSpoke',
  membersNamedBy: 'Services' | 'Bindings',
  services: readonly WorldService[],
  withDangling = false,
): void {
  const { random, now } = builder;
  const members = services.map((service) => ({
    serviceId: service.id,
    bindingId: service.bindings[0]?.id ?? random.uuid(),
  }));
  const gone = withDangling ? [{ serviceId: random.uuid(), bindingId: random.uuid() }] : [];
  builder.dependencies.push({
    id: random.uuid(),
    networkId: network.id,
    name,
    description: withDangling ? null : `${name} in ${network.name}`,
    type,
    membersNamedBy,
    members: [...members, ...gone],
    createdAt: builder.instant(now - random.int(20, 200) * DAY + HOUR),
  });
}

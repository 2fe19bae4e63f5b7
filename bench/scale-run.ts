import { Deriver } from '#inventory/derivation/deriver.ts';
import { Derived } from '#inventory/derived.ts';
import type { Arrow } from '#inventory/graph/arrow.ts';
import { arrowsIn, arrowTable } from '#inventory/graph/arrow-table.ts';
import { impact } from '#inventory/graph/impact.ts';
import { traverse } from '#inventory/graph/traverse.ts';
import { encodeGlobalId } from '../src/lib/record-ref.ts';
import { scaleInventory } from './scale-inventory.ts';

/** One size, in a process of its own, so that no heap of another is counted. Prints one line of JSON. */
const size = Number(process.argv[2]);
const figures: Record<string, number> = { resources: size };

const heap = (): number => {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
};
/** Of this thread alone, so that other work on the machine does not count. */
const cpuMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};
const timed = async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
  const startedAt = cpuMs();
  const result = await work();
  figures[name] = cpuMs() - startedAt;
  return result;
};
const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

const empty = heap();
const { inventory, edges } = await scaleInventory(size);
figures.edges = edges;
const withSnapshots = heap();
figures.snapshotsMb = withSnapshots - empty;

const tables = await timed('deriveMs', () => new Deriver().deriveHere(inventory));
const derived = new Derived(inventory, tables);
const { aliases, arrows } = derived;
if (!arrows) throw new Error('Expected every edge to be read.');
figures.derivedMb = heap() - withSnapshots;
figures.totalMb = figures.snapshotsMb + figures.derivedMb;
figures.hosts = inventory.network[0]?.hosts.size ?? 0;
const arrowTables = [...tables.parts.flatMap((part) => part.relations?.arrows ?? []), tables.arrowsBetween];
figures.arrows = arrowTables.reduce((sum, { from }) => sum + from.length, 0);
figures.aliases = aliases.aliases;
figures.links = derived.links.length;

const [hub = ''] = [...(inventory.cloud[0]?.resources.values() ?? [])]
  .filter(({ service }) => service === 'security_group')
  .map((row) => encodeGlobalId(row))
  .sort((one, other) => arrows.arrowsOf(other).length - arrows.arrowsOf(one).length);
figures.needers = arrows.arrowsOf(hub).length;
const graph = await timed('graphMs', () => traverse([hub], arrows.arrowsOf, { depth: 6, maxVertices: 5000 }));
figures.graphVertices = graph.vertices.length;

const group = [...(inventory.cloud[0]?.resources.values() ?? [])]
  .filter(({ service }) => service === 'security_group' || service === 'kms_key')
  .map((row) => encodeGlobalId(row))
  .map((id) => ({ id, needers: arrows.arrowsOf(id).length }))
  .reduce((a, b) => (b.needers > a.needers ? b : a));
const report = await timed('impactMs', () => impact(group.id, arrows.arrowsOf));
figures.impactNeeders = group.needers;
figures.impacted = report.impacted.length;

const everyInstance = [...(inventory.cloud[0]?.resources.values() ?? [])]
  .filter(({ service }) => service === 'ec2')
  .map((row) => encodeGlobalId(row));
const [everyones = ''] = [...everyInstance].sort();
const toHub = everyInstance.map(
  (from): Arrow => ({ from, to: group.id, kind: 'PROTECTED_BY', relationship: 'uses_sg', confidence: 'CERTAIN' }),
);
const withHub = arrowsIn([...arrowTables, arrowTable(toHub)]);
await impact(everyones, withHub);
const hubReport = await timed('hubImpactMs', () => impact(group.id, withHub, { maxVertices: 5000 }));
figures.hubNeeders = withHub(group.id).length;
figures.hubImpacted = hubReport.impacted.length;

const terms = [
  ...[...(inventory.cloud[0]?.resources.values() ?? [])].flatMap(({ id, resourceId, name }, i) =>
    i % 10 === 0 ? [id, resourceId, name ?? ''] : [],
  ),
  ...[...(inventory.network[0]?.hosts.values() ?? [])].flatMap(({ id, hostname, name, addresses }) => [
    id,
    hostname ?? '',
    name,
    addresses[0]?.address ?? '',
    addresses[0]?.macAddress ?? '',
  ]),
].filter((term) => term !== '');
figures.mostHits = Math.max(...terms.slice(0, 2000).map((term) => aliases.lookup(term).length));
/** The fastest of three: what else the machine does must not count, and thread times are too coarse for this. */
const times = terms.map((term) =>
  Math.min(
    ...[1, 2, 3].map(() => {
      const startedAt = performance.now();
      aliases.lookup(term);
      return performance.now() - startedAt;
    }),
  ),
);
times.sort((a, b) => a - b);
figures.lookups = times.length;
figures.lookupP50Us = percentile(times, 0.5) * 1000;
figures.lookupP99Us = percentile(times, 0.99) * 1000;
figures.lookupMaxUs = (times.at(-1) ?? 0) * 1000;
console.log(JSON.stringify(figures));

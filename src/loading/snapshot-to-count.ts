import { oldestReadingOf, RESOURCES_GOOD_FOR_MS } from '#inventory/snapshot/is-current.ts';
import type { CloudSnapshot, NetworkSnapshot, Snapshot } from '#inventory/snapshot/snapshot.ts';
import type { CloudSource, NetworkSource } from '#sources/source-set.ts';
import type { RequestContext } from './context.ts';
import { oncePerSource } from './once-per-source.ts';
import type { HeldRows } from './rows-to-count.ts';

interface Indexed<P extends Snapshot> {
  readonly index: { snapshot(): P | null } | null;
}

const usable = <P extends Snapshot>(
  { index }: Indexed<P>,
  { scope, clock }: RequestContext,
  readAt: (snapshot: P) => string,
): P | null => {
  const snapshot = scope.bypassCache ? null : index?.snapshot();
  return snapshot && clock.now() < Date.parse(readAt(snapshot)) + RESOURCES_GOOD_FOR_MS ? snapshot : null;
};

/**
 * The snapshot of a source that counts are taken from, where it was read within the hour. A count says of when it is, so it is not
 * asked whether the source has changed since: that would cost a request. Decided once per request.
 */
export const cloudToCount = oncePerSource((source: CloudSource, context) => usable(source, context, oldestReadingOf));

/** The same of a network source. */
export const networkToCount = oncePerSource((source: NetworkSource, context) =>
  usable(source, context, ({ readAt }) => readAt),
);

type Row<Rows> = Rows extends ReadonlyMap<string, infer T> ? T : never;
type HostRow = Row<NetworkSnapshot['hosts']>;

type Held<S, T> = (context: RequestContext, source: S) => HeldRows<T> | null;

/** Every row of a list as such a snapshot holds it; null where rows may be missing from it. */
export const resourcesToCount: Held<CloudSource, Row<CloudSnapshot['resources']>> = (context, source) => {
  const snapshot = cloudToCount(context, source);
  if (!snapshot || snapshot.missing.resources > 0) return null;
  return { rows: () => [...snapshot.resources.values()], readAt: oldestReadingOf(snapshot) };
};

export const findingsToCount: Held<CloudSource, Row<CloudSnapshot['findings']>> = (context, source) => {
  const snapshot = cloudToCount(context, source);
  if (!snapshot || snapshot.missing.findings > 0) return null;
  return { rows: () => [...snapshot.findings.values()], readAt: snapshot.findingsReadAt };
};

export const hostsToCount: Held<NetworkSource, HostRow> = (context, source) => {
  const snapshot = networkToCount(context, source);
  if (!snapshot || snapshot.missing.hosts > 0) return null;
  return { rows: () => [...snapshot.hosts.values()], readAt: snapshot.readAt };
};

export const servicesToCount: Held<NetworkSource, HostRow['services'][number]> = (context, source) => {
  const hosts = hostsToCount(context, source);
  return hosts && { ...hosts, rows: () => hosts.rows().flatMap(({ services }) => services) };
};

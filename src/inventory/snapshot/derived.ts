import type { NamedCertificate } from '#entities/certificate/model.ts';
import type { ResourceEdge } from '#entities/dependency/model.ts';
import type { FindingModel } from '#entities/finding/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import type { ServiceModel } from '#entities/service/model.ts';
import { isGloballyUnique } from '#inventory/identifiers/aws-identifiers.ts';
import { getOrMake } from '#lib/get-or-make.ts';
import { inShortTurns } from '#lib/turns.ts';
import type { CloudSnapshot, NetworkSnapshot } from './snapshot.ts';

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const named = new WeakMap<CloudSnapshot['findings'], ReadonlyMap<string, NamedCertificate>>();

/**
 * Certificates by id, as far as the details of findings name them. The upstream has no list of certificates, and only those with less
 * than 60 days left have a finding.
 */
export const certificatesIn = (findings: CloudSnapshot['findings']): ReadonlyMap<string, NamedCertificate> =>
  getOrMake(named, findings, () => namedIn(findings.values()));

const namedIn = (findings: Iterable<FindingModel>): ReadonlyMap<string, NamedCertificate> => {
  const byId = new Map<string, NamedCertificate>();
  for (const { source, certificateId, details, id: findingId } of findings) {
    if (!certificateId || !details || byId.has(certificateId)) continue;
    byId.set(certificateId, {
      type: 'Certificate',
      source,
      id: certificateId,
      findingId,
      primaryDomain: text(details.domain),
      altNames: texts(details.alt_names ?? details.altNames),
    });
  }
  return byId;
};

/** By identifier of their target: the ids of the rows that edges start at, each once. */
type Pointing = ReadonlyMap<string, readonly string[]>;

const pointing = new WeakMap<CloudSnapshot['edges'], Promise<Pointing>>();

interface EdgeInto extends ResourceEdge {
  readonly resource: ResourceModel;
}

/**
 * What the upstream would answer as dependents of a resource: every edge to its identifier, seen from the other end. As at the upstream,
 * two resources with one identifier in two accounts have the same dependents.
 */
export const edgesInto = async (
  { edges, resources }: Pick<CloudSnapshot, 'edges' | 'resources'>,
  { resourceId }: Pick<ResourceModel, 'resourceId'>,
): Promise<readonly EdgeInto[]> => {
  const ids = (await getOrMake(pointing, edges, () => reverse(edges))).get(resourceId) ?? [];
  return ids.flatMap((fromId) => {
    const from = resources.get(fromId);
    if (!from) return [];
    const seenFrom = { target: { kind: from.service, identifier: from.resourceId }, resource: from };
    const own = (edges.get(fromId) ?? []).filter(({ target }) => target.identifier === resourceId);
    return own.map((edge) => ({ ...edge, ...seenFrom }));
  });
};

/**
 * Whether an edge to the identifier of a resource means this one. Edges are written by the scan of one account: one from another account
 * does not, unless the identifier can only mean this resource. @param account in which it begins; null: not known
 */
export const isMeant = (
  { resourceId, accountId }: Pick<ResourceModel, 'resourceId' | 'accountId'>,
  account: string | null,
): boolean => account === null || account === accountId || isGloballyUnique(resourceId);

/** In short turns: there are several times as many edges as resources. */
const reverse = async (edges: CloudSnapshot['edges']): Promise<Pointing> => {
  const byTarget = new Map<string, string[]>();
  const turn = inShortTurns();
  for (const [fromId, of] of edges) {
    for (const identifier of new Set(of.map(({ target }) => target.identifier)))
      getOrMake(byTarget, identifier, () => []).push(fromId);
    const pause = turn();
    if (pause) await pause;
  }
  return byTarget;
};

const services = new WeakMap<NetworkSnapshot['hosts'], ReadonlyMap<string, ServiceModel>>();

/** Every service of a source, by id. */
export const servicesIn = (hosts: NetworkSnapshot['hosts']): ReadonlyMap<string, ServiceModel> =>
  getOrMake(services, hosts, () => {
    const byId = new Map<string, ServiceModel>();
    for (const host of hosts.values()) for (const service of host.services) byId.set(service.id, service);
    return byId;
  });

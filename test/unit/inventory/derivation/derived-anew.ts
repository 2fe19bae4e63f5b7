import { correlate } from '#inventory/correlation/correlate.ts';
import type { CorrelationConfig } from '#inventory/correlation/correlation-input.ts';
import type { Derived } from '#inventory/derived.ts';
import { type Arrow, Vertices } from '#inventory/graph/arrow.ts';
import { indexArrows } from '#inventory/graph/arrow-table.ts';
import { ArrowReader, cloudArrows } from '#inventory/graph/cloud-arrows.ts';
import { correlationArrows, networkArrows } from '#inventory/graph/network-arrows.ts';
import { type AliasIndex, aliasesOf, createAliasIndex } from '#inventory/identifiers/alias-index.ts';
import type { Placeholder } from '#inventory/identifiers/resolve-target.ts';
import type { Inventory, NamedRecord } from '#inventory/inventory.ts';
import { certificatesIn } from '#inventory/snapshot/derived.ts';
import { encodeGlobalId, refKey } from '#lib/record-ref.ts';

const everyRecord = ({ cloud, network }: Inventory): readonly NamedRecord[] => [
  ...cloud.flatMap(({ accounts, resources, findings }) => [
    ...accounts,
    ...resources.values(),
    ...certificatesIn(findings).values(),
  ]),
  ...network.flatMap(({ networks, subnets, hosts }) => [
    ...networks,
    ...subnets,
    ...[...hosts.values()].flatMap((host) => [host, ...host.services]),
  ]),
];

const ownersByAlias = (records: readonly NamedRecord[], index: AliasIndex) =>
  Object.fromEntries(
    records
      .flatMap(aliasesOf)
      .map(({ kind, key }) => [`${kind} ${key}`, index.ownersOf(kind, key).map((owner) => refKey(owner))]),
  );

/** Everything that follows from an inventory, by the pure functions over all of its records at once. */
export const derivedAnew = (inventory: Inventory, rules: Partial<CorrelationConfig> = {}) => {
  const records = everyRecord(inventory);
  const aliases = createAliasIndex(records);
  const vertices = new Vertices();
  const placeholders: Record<string, Placeholder> = {};
  const keep = (placeholder: Placeholder): string => {
    const vertex = vertices.of(placeholder);
    placeholders[vertex] = placeholder;
    return vertex;
  };
  const reader = new ArrowReader(aliases, vertices, keep);
  const isComplete = (source: string): boolean => !inventory.gaps.includes(source);
  const result = correlate(
    inventory.cloud.map(({ source, resources, edges, findings }) => ({
      source,
      resources: [...resources.values()],
      edges: [...edges].flatMap(([fromId, of]) => of.map(({ target }) => ({ fromId, target }))),
      certificates: [...certificatesIn(findings).values()],
      complete: isComplete(source),
    })),
    inventory.network.map((snapshot) => ({
      ...snapshot,
      hosts: [...snapshot.hosts.values()],
      complete: isComplete(snapshot.source),
    })),
    rules,
  );
  const arrows: readonly Arrow[] = [
    ...inventory.cloud.flatMap(({ resources, edges }) =>
      cloudArrows(resources, (row) => reader.read(row, edges.get(row.id) ?? []), vertices),
    ),
    ...inventory.network.flatMap((snapshot) => networkArrows(snapshot, vertices, keep)),
    ...correlationArrows(result.links, result.relations),
  ];
  const { arrowsOf } = indexArrows(arrows);
  const every = verticesIn(records, placeholders);
  return {
    owners: ownersByAlias(records, aliases),
    arrows: inventory.isWhole ? every.map((vertex) => arrowsOf(vertex)) : null,
    placeholders,
    unread: inventory.isWhole ? unreadIn(inventory) : null,
    links: result.links,
    candidates: result.candidates,
    relations: result.relations,
    unmatched: result.unmatched,
  };
};

/** The same as a derivation found it; `anew` tells which vertices there are. */
export const asDerived = (derived: Derived, { placeholders }: Pick<ReturnType<typeof derivedAnew>, 'placeholders'>) => {
  const records = everyRecord(derived.inventory);
  const { arrows } = derived;
  return {
    owners: ownersByAlias(records, derived.aliases),
    arrows: arrows && verticesIn(records, placeholders).map((vertex) => arrows.arrowsOf(vertex)),
    placeholders: arrows
      ? Object.fromEntries(Object.keys(placeholders).map((vertex) => [vertex, arrows.placeholderOf(vertex)] as const))
      : placeholders,
    unread: arrows && [...arrows.unread].sort(),
    links: derived.links,
    candidates: derived.candidates,
    relations: derived.relations,
    unmatched: {
      cloud: derived.unmatched.cloud.slice(0, derived.unmatched.cloud.length),
      network: derived.unmatched.network.slice(0, derived.unmatched.network.length),
    },
  };
};

const unreadIn = ({ cloud }: Inventory): readonly string[] =>
  cloud
    .flatMap(({ source, resources, unreadEdges }) =>
      unreadEdges.filter((id) => resources.has(id)).map((id) => encodeGlobalId({ type: 'Resource', source, id })),
    )
    .sort();

const verticesIn = (records: readonly NamedRecord[], placeholders: Readonly<Record<string, Placeholder>>) => [
  ...records.map(encodeGlobalId),
  ...Object.keys(placeholders),
];

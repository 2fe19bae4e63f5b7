import type {
  IdentifierKind,
  SearchIdentifiersQuery,
  SearchNetworksQuery,
  SearchPlacesQuery,
  SearchResourcesQuery,
} from '../gql/graphql.ts';
import { typeText } from '../text/types.ts';

/** One record that was found. */
export interface Hit {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  /** What it is, for who does not know the title. */
  readonly detail: string;
  /** Why it was found. */
  readonly matched: string;
}

type IdentifierHit = NonNullable<SearchIdentifiersQuery['lookup']>[number];
type Resource = NonNullable<SearchResourcesQuery['resources']>['nodes'][number];
type Host = NonNullable<SearchNetworksQuery['hosts']>['nodes'][number];
type Service = NonNullable<SearchNetworksQuery['services']>['nodes'][number];

const IDENTIFIERS: Readonly<Record<IdentifierKind, string>> = {
  ARN: 'has this ARN',
  CIDR: 'has this address range',
  DOMAIN: 'has this domain name',
  HOSTNAME: 'has this host name',
  ID: 'has this id',
  INSTANCE_ID: 'has this instance id',
  IP_ADDRESS: 'has this address',
  MAC_ADDRESS: 'has this MAC address',
  NAME: 'has this name',
  RESOURCE_ID: 'has this identifier',
};

/** Undefined is what was not asked for, or has not come. */
export interface SearchAnswers {
  readonly identifiers?: SearchIdentifiersQuery | undefined;
  readonly places?: SearchPlacesQuery | undefined;
  readonly resources?: SearchResourcesQuery | undefined;
  readonly networks?: SearchNetworksQuery | undefined;
}

/** What was found under a term: by identifier first, each record once. */
export const hitsOf = (term: string, { identifiers, places, resources, networks }: SearchAnswers): readonly Hit[] => {
  const hits = [
    ...(identifiers?.lookup ?? []).map((hit) => identifierHit(term, hit)),
    ...placeHits(term, places),
    ...(resources?.resources?.nodes ?? []).map((resource) => resourceHit(term, resource)),
    ...(networks?.hosts?.nodes ?? []).map((host) => hostHit(term, host)),
    ...(networks?.services?.nodes ?? []).map((service) => serviceHit(term, service)),
  ];
  const seen = new Set<string>();
  return hits.filter(({ id }) => !seen.has(id) && seen.add(id));
};

const placeHits = (term: string, places: SearchPlacesQuery | undefined): readonly Hit[] => {
  const has = ({ name }: { readonly name: string }): boolean => name.toLowerCase().includes(term.toLowerCase());
  return [...(places?.accounts ?? []), ...(places?.networks?.nodes ?? [])].filter(has).map((place) => ({
    id: place.id,
    type: place.__typename,
    title: place.name,
    detail: 'awsAccountNumber' in place ? `AWS account ${place.awsAccountNumber}` : 'network',
    matched: 'name contains it',
  }));
};

const identifierHit = (term: string, { matchedOn, node }: IdentifierHit): Hit => ({
  id: node.id,
  type: node.__typename,
  title: titleOf(node) ?? term,
  detail: detailOf(node),
  matched: IDENTIFIERS[matchedOn],
});

const titleOf = (node: IdentifierHit['node']): string | null => {
  if ('displayName' in node) return node.displayName;
  return 'name' in node && node.name !== '' ? node.name : null;
};

const detailOf = (node: IdentifierHit['node']): string => {
  const type = typeText(node.__typename);
  if ('service' in node) return placed(node.service, node.region);
  if ('addresses' in node) return hostDetail(node);
  if ('host' in node) return serviceDetail(node);
  if ('cidr' in node) return `${type} ${node.cidr}`;
  if ('awsAccountNumber' in node) return `${type} ${node.awsAccountNumber}`;
  return type;
};

const placed = (service: string, region: string | null): string => (region ? `${service} in ${region}` : service);

const hostDetail = ({ addresses }: Pick<Host, 'addresses'>): string =>
  ['host', ...addresses.slice(0, 2).map(({ address }) => address)].join(' · ');

const serviceDetail = ({ host }: Pick<Service, 'host'>): string =>
  host ? `service on ${host.displayName}` : 'service';

type Text = readonly [what: string, text: string | null];

/** The first of the texts that contains the term. */
const containing = (term: string, texts: readonly Text[]): string => {
  const sought = term.toLowerCase();
  const found = texts.find(([, text]) => text?.toLowerCase().includes(sought));
  return found ? `${found[0]} contains it` : 'a text of it contains this';
};

const resourceHit = (term: string, { id, displayName, service, region, resourceId, tags }: Resource): Hit => ({
  id,
  type: 'Resource',
  title: displayName,
  detail: placed(service, region),
  matched: containing(term, [
    ['name', displayName],
    ['identifier', resourceId],
    ...tags.map(({ key, value }) => [`tag ${key} = ${value}`, `${key} ${value}`] as const),
  ]),
});

const hostHit = (term: string, host: Host): Hit => ({
  id: host.id,
  type: 'Host',
  title: host.displayName,
  detail: hostDetail(host),
  matched: containing(term, [
    ['name', host.displayName],
    ['name', host.name],
    ['host name', host.hostname],
    ...host.addresses.map(({ address }) => [`address ${address}`, address] as const),
    ...host.services.map(({ displayName }) => [`service ${displayName}`, displayName] as const),
    ['description', host.description],
  ]),
});

const serviceHit = (term: string, { id, displayName, definition, host }: Service): Hit => ({
  id,
  type: 'Service',
  title: displayName,
  detail: serviceDetail({ host }),
  matched: containing(term, [
    ['name', displayName],
    ['product', definition],
  ]),
});

import { createRandom } from '../random.ts';
import type { CloudWorld, WorldFinding, WorldResource } from './cloud-world.ts';
import type { NetworkWorld, WorldHost } from './network-world.ts';

/** AWS identifiers that are names of other routes of the server, or path segments that a URL parser resolves away. */
export const ROUTE_LIKE_IDS: readonly string[] = ['stats', 'regions', 'services', '..', '.'];

const BLANK = '  ';

/** What a database takes when people or scripts write into it past the product: it checks neither case, blanks nor shapes. */
export function withHandwrittenRows(cloud: CloudWorld): CloudWorld {
  return {
    ...cloud,
    resources: [...cloud.resources, ...handwrittenResources(cloud)],
    findings: cloud.findings.map(withOtherCase),
  };
}

function handwrittenResources({ accounts, now }: CloudWorld): readonly WorldResource[] {
  const random = createRandom('handwritten');
  const table = (of: Pick<WorldResource, 'resourceId'> & Partial<WorldResource>): WorldResource => ({
    id: random.uuid(),
    accountId: accounts[0]?.id ?? random.uuid(),
    service: 'dynamodb',
    region: 'eu-west-1',
    name: null,
    state: null,
    tags: null,
    costEstimateMonthly: null,
    lastSeenAt: now,
    createdAt: now,
    ...of,
  });
  return [
    ...ROUTE_LIKE_IDS.map((resourceId) => table({ resourceId })),
    table({ resourceId: 'blank-name', name: BLANK }),
    table({ resourceId: BLANK, name: '' }),
    table({ resourceId: 'no-tags', tags: tagsOf([]) }),
    table({ resourceId: 'tags-as-aws-lists-them', tags: tagsOf([{ Key: 'Team', Value: 'crew' }, { Key: 'Bare' }]) }),
  ];
}

/** The column is JSON of any shape; the product writes objects only. */
const tagsOf = (list: readonly object[]) => list as unknown as WorldResource['tags'];

/** Every third finding in another case, whatever its status. */
function withOtherCase(row: WorldFinding, index: number): WorldFinding {
  if (index % 3 !== 0) return row;
  const { severity } = row;
  return {
    ...row,
    severity: index % 2 === 0 ? severity.toUpperCase() : `${severity[0]?.toUpperCase()}${severity.slice(1)}`,
  };
}

/** The first host has nothing but blanks and an address, the second a host name behind a blank name; their services blank names. */
export function withBlankNames(network: NetworkWorld): NetworkWorld {
  const blanked = (host: WorldHost, index: number): WorldHost => {
    if (index > 1) return host;
    const hostname = index === 0 ? BLANK : 'behind-a-blank.corp';
    const services = host.services.map((service) => ({ ...service, name: BLANK }));
    return { ...host, name: BLANK, sysName: BLANK, hostname, services };
  };
  return { ...network, hosts: network.hosts.map(blanked) };
}

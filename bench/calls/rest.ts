import DataLoader from 'dataloader';
import { z } from 'zod';

const row = z
  .object({
    id: z.string(),
    resourceId: z.string().nullish(),
    certificateId: z.string().nullish(),
    lastScanId: z.string().nullish(),
    network_id: z.string().optional(),
    host_id: z.string().optional(),
    tags: z.unknown().optional(),
    ip_addresses: z.array(z.object({ subnet_id: z.string() }).loose()).optional(),
  })
  .loose();
export type WireRow = z.infer<typeof row>;
const envelope = z.object({ data: z.union([z.array(row), row]).optional() }).loose();

/** How a gateway that plans nothing asks its upstreams. Paths are relative to the API's base. */
export interface Rest {
  cloud(path: string): Promise<readonly WireRow[]>;
  network(path: string): Promise<readonly WireRow[]>;
  /** Rows by id, of a Scanopy list that takes `ids=`. */
  networkByIds(list: 'hosts' | 'services', ids: readonly string[]): Promise<readonly WireRow[]>;
}

interface Server {
  readonly url: string;
  readonly apiKey: string;
}

const getRows = async (url: string, headers: Record<string, string>): Promise<readonly WireRow[]> => {
  const { data = [] } = envelope.parse(await (await fetch(url, { headers })).json());
  return Array.isArray(data) ? data : [data];
};

/** One call for every field of every parent, as resolvers that fetch for themselves make it. */
export const naiveRest = (scanorbit: Server, scanopy: Server): Rest => {
  const network = (path: string) =>
    getRows(`${scanopy.url}/api/v1${path}`, { authorization: `Bearer ${scanopy.apiKey}` });
  return {
    cloud: (path) => getRows(`${scanorbit.url}${path}`, { 'x-api-key': scanorbit.apiKey }),
    network,
    networkByIds: async (list, ids) => (await Promise.all(ids.map((id) => network(`/${list}/${id}`)))).flat(),
  };
};

const IDS_PER_CALL = 100;

/** The same behind a DataLoader per request: equal calls are one, and ids are batched where the upstream takes batches. */
export const dataLoaderRest = (scanorbit: Server, scanopy: Server): Rest => {
  const bare = naiveRest(scanorbit, scanopy);
  const cloud = new DataLoader<string, readonly WireRow[]>((paths) => Promise.all(paths.map(bare.cloud)));
  const network = new DataLoader<string, readonly WireRow[]>((paths) => Promise.all(paths.map(bare.network)));
  const byId = (list: string) =>
    new DataLoader<string, WireRow | null>(
      async (ids) => {
        const query = ids.map((id) => `ids=${id}`).join('&');
        const rows = new Map((await bare.network(`/${list}?limit=${ids.length}&${query}`)).map((of) => [of.id, of]));
        return ids.map((id) => rows.get(id) ?? null);
      },
      { maxBatchSize: IDS_PER_CALL },
    );
  const loaders = { hosts: byId('hosts'), services: byId('services') };
  return {
    cloud: (path) => cloud.load(path),
    network: (path) => network.load(path),
    networkByIds: async (list, ids) =>
      (await Promise.all(ids.map((id) => loaders[list].load(id)))).filter((of) => of !== null),
  };
};

import type { LoggerService, SchedulerServiceTaskRunner } from '@backstage/backend-plugin-api';
import type { EntityProvider, EntityProviderConnection } from '@backstage/plugin-catalog-node';
import { entitiesOf } from './entities-of.ts';
import { InventoryClient } from './inventory-client.ts';
import { readInventory } from './read-inventory.ts';

export interface InventoryEntityProviderOptions {
  /** Of the gateway, e.g. `https://inventory.example.com`. */
  readonly url: string;
  readonly key?: string | undefined;
  readonly defaultOwner: string;
  readonly ownerTags: readonly string[];
  readonly schedule: SchedulerServiceTaskRunner;
  readonly logger: Pick<LoggerService, 'info' | 'warn'>;
}

/**
 * Keeps the catalog as the inventory is. What is missing in an answer with gaps is not known to be gone: such an answer adds and changes
 * entities, and removes none.
 */
export class InventoryEntityProvider implements EntityProvider {
  readonly #options: InventoryEntityProviderOptions;
  readonly #client: InventoryClient;

  constructor(options: InventoryEntityProviderOptions) {
    this.#options = options;
    this.#client = new InventoryClient(options);
  }

  getProviderName(): string {
    return 'inventory-gateway';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    await this.#options.schedule.run({
      id: 'inventory-gateway-refresh',
      fn: (signal) => this.#refresh(connection, signal as AbortSignal),
    });
  }

  async #refresh(connection: EntityProviderConnection, signal: AbortSignal): Promise<void> {
    const { logger, defaultOwner, ownerTags } = this.#options;
    const inventory = await readInventory(this.#client, signal);
    const locationKey = this.getProviderName();
    const entities = entitiesOf(inventory, { url: this.#client.url, defaultOwner, ownerTags }).map((entity) => ({
      entity,
      locationKey,
    }));
    const [gap] = inventory.gaps;
    if (gap === undefined) await connection.applyMutation({ type: 'full', entities });
    else await connection.applyMutation({ type: 'delta', added: entities, removed: [] });
    const read = `Read ${entities.length} entities for ${inventory.upstreamRequests} upstream requests.`;
    if (gap === undefined) logger.info(read);
    else logger.warn(`${read} Nothing was removed, because not everything could be read: ${gap}`);
  }
}

import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { InventoryEntityProvider } from './inventory-entity-provider.ts';

/** For `backend.add(…)`; reads `inventoryGateway` of `app-config.yaml`. */
export const catalogModuleInventoryGateway = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'inventory-gateway',
  register(env) {
    env.registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ catalog, config, logger, scheduler }) {
        const settings = config.getConfig('inventoryGateway');
        catalog.addEntityProvider(
          new InventoryEntityProvider({
            url: settings.getString('url'),
            key: settings.getOptionalString('key'),
            defaultOwner: settings.getOptionalString('defaultOwner') ?? 'group:default/unknown',
            ownerTags: settings.getOptionalStringArray('ownerTags') ?? ['owner', 'Owner', 'team', 'Team'],
            schedule: scheduler.createScheduledTaskRunner({ frequency: { minutes: 10 }, timeout: { minutes: 5 } }),
            logger,
          }),
        );
      },
    });
  },
});

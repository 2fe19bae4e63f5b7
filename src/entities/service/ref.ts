import { builder } from '#graphql/builder.ts';
import { connectionType } from '#graphql/relay/connection.ts';
import type { BindingModel, ServiceModel } from './model.ts';

export const Service = builder.objectRef<ServiceModel>('Service');
export const Binding = builder.objectRef<{ readonly service: ServiceModel; readonly row: BindingModel }>('Binding');
export const ServiceConnection = connectionType('Service', Service);

export const ServiceFilter = builder.inputType('ServiceFilter', {
  description: 'Which services are wanted; all conditions must hold. Every Scanopy version gives the same answer.',
  fields: (t) => ({
    source: t.string({ description: 'Only of the source with this name.' }),
    network: t.id({ description: 'Only of the network with this global id.' }),
    host: t.id({ description: 'Only on the host with this global id.' }),
    tag: t.id({ description: 'Only with the tag of this global id.' }),
    definition: t.stringList({
      description:
        'Only of any of these definitions, e.g. `Nginx Proxy Manager`; exact. Before Scanopy 0.17.21 this reads all services in question.',
    }),
    search: t.string({
      description: 'Part of the name or the definition; case is ignored. Reads all services in question.',
    }),
  }),
});

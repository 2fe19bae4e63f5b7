import { builder } from '#graphql/builder.ts';
import { connectionType } from '#graphql/relay/connection.ts';
import type { SubnetModel } from './model.ts';

export const Subnet = builder.objectRef<SubnetModel>('Subnet');
export const SubnetConnection = connectionType('Subnet', Subnet);

export const SubnetFilter = builder.inputType('SubnetFilter', {
  description: 'Which subnets are wanted; all conditions must hold. Costs no further upstream request.',
  fields: (t) => ({
    source: t.string({ description: 'Only of the source with this name.' }),
    network: t.id({ description: 'Only of the network with this global id.' }),
    type: t.stringList({ description: 'Only of any of these types, e.g. `Lan`, `DockerBridge`; exact.' }),
    cidr: t.string({
      description: 'Only with this range, exactly as written, e.g. `192.168.1.0/24`. Not a key: ranges repeat.',
    }),
  }),
});

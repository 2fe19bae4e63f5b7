import { builder } from '#graphql/builder.ts';
import type { VlanModel } from './model.ts';

export const Vlan = builder.objectRef<VlanModel>('Vlan');

import { builder } from '#graphql/builder.ts';
import { connectionType } from '#graphql/relay/connection.ts';
import type { DiscoveryModel, DiscoverySessionModel } from './model.ts';

export const Discovery = builder.objectRef<DiscoveryModel>('Discovery');
export const DiscoverySession = builder.objectRef<DiscoverySessionModel>('DiscoverySession');
export const DiscoveryConnection = connectionType('Discovery', Discovery);

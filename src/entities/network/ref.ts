import { builder } from '#graphql/builder.ts';
import { connectionType } from '#graphql/relay/connection.ts';
import type { NetworkModel } from './model.ts';

export const Network = builder.objectRef<NetworkModel>('Network');
export const NetworkConnection = connectionType('Network', Network);

/** Fields of a network that every reference to it already knows. */
export const NETWORK_REFERENCE_FIELDS: ReadonlySet<string> = new Set(['id', 'sourceId', 'source']);

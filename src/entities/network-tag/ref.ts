import { builder } from '#graphql/builder.ts';
import type { NetworkTagModel } from './model.ts';

export const NetworkTag = builder.objectRef<NetworkTagModel>('NetworkTag');

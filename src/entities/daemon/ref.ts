import { builder } from '#graphql/builder.ts';
import type { DaemonModel } from './model.ts';

export const Daemon = builder.objectRef<DaemonModel>('Daemon');

import { builder } from '#graphql/builder.ts';
import type { ServiceDependencyModel } from './model.ts';

export const ServiceDependency = builder.objectRef<ServiceDependencyModel>('ServiceDependency');

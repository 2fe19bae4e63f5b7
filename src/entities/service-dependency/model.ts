import type { RecordRef } from '#lib/record-ref.ts';

export type ServiceDependencyType = 'REQUEST_PATH' | 'HUB_AND_SPOKE' | 'UNKNOWN';

/** A declared relation between services: a request path in order, or spokes around their first member. */
export interface ServiceDependencyModel extends RecordRef<'ServiceDependency'> {
  readonly networkId: string;
  readonly name: string;
  readonly description: string | null;
  readonly dependencyType: ServiceDependencyType;
  /** Ordered; named by service or by binding, as the server's version does. May dangle. */
  readonly members: { readonly by: 'SERVICE' | 'BINDING'; readonly ids: readonly string[] };
}

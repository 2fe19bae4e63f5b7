import { z } from 'zod';
import type { ServiceDependencyModel, ServiceDependencyType } from '#entities/service-dependency/model.ts';
import { inG2Words } from './wire-adapter.ts';
import type { RowReader } from './wire-rows.ts';
import { idList, optionalText, rowId } from './wire-values.ts';

const TYPES: Readonly<Record<string, ServiceDependencyType>> = {
  RequestPath: 'REQUEST_PATH',
  HubAndSpoke: 'HUB_AND_SPOKE',
};

const dependencyRow = z.object({
  id: rowId,
  network_id: rowId,
  name: z.string(),
  description: optionalText,
  dependency_type: z.string(),
  /** Groups name bindings, in the row itself. */
  binding_ids: z.array(z.string()).nullish(),
  members: z
    .object({ service_ids: z.array(z.string()).nullish(), binding_ids: z.array(z.string()).nullish() })
    .nullish(),
});

export const readServiceDependency: RowReader<ServiceDependencyModel> = (raw, { source, adapter }) => {
  const row = dependencyRow.parse(inG2Words(raw, adapter));
  return {
    type: 'ServiceDependency',
    source,
    id: row.id,
    networkId: row.network_id,
    name: row.name,
    description: row.description,
    dependencyType: TYPES[row.dependency_type] ?? 'UNKNOWN',
    members: membersOf(row),
  };
};

const membersOf = ({ members, binding_ids }: z.output<typeof dependencyRow>): ServiceDependencyModel['members'] =>
  members?.service_ids
    ? { by: 'SERVICE', ids: idList.parse(members.service_ids) }
    : { by: 'BINDING', ids: idList.parse(members?.binding_ids ?? binding_ids) };

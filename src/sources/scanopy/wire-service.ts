import { z } from 'zod';
import type { BindingModel, ServiceModel, VirtualizationModel } from '#entities/service/model.ts';
import type { ServiceDependencyModel, ServiceDependencyType } from '#entities/service-dependency/model.ts';
import { instant, rowId } from '../wire-values.ts';
import { withG2Keys } from './api-version.ts';
import type { RowReader } from './wire-answer.ts';
import { camelCased, filledText, idList, optionalId, optionalNumber, optionalText } from './wire-values.ts';

const bindingRow = z.object({ id: rowId, port_id: optionalId, ip_address_id: optionalId });

/** A binding's type follows from what it names: versions call the types differently. */
const readBinding: RowReader<BindingModel> = (row, { adapter }) => {
  const { id, port_id, ip_address_id } = bindingRow.parse(withG2Keys(row, adapter));
  return { id, portId: port_id, addressId: ip_address_id };
};

const virtualization = z
  .object({
    type: z.string(),
    details: z
      .object({ vm_name: filledText, container_name: filledText, service_id: optionalId })
      .nullish()
      .catch(null),
  })
  .nullish()
  .catch(null);

/** Before and after the object was split in two; a row has one of the two forms. */
export const virtualizationKeys = {
  virtualization,
  virtualization_metadata: virtualization,
  virtualization_service_id: optionalId,
};

export const readVirtualization = (
  row: z.output<z.ZodObject<typeof virtualizationKeys>>,
): VirtualizationModel | null => {
  const said = row.virtualization ?? row.virtualization_metadata;
  const serviceId = row.virtualization_service_id ?? said?.details?.service_id ?? null;
  if (!said && !serviceId) return null;
  return {
    virtualizationType: said?.type ?? 'Unknown',
    name: said?.details?.vm_name ?? said?.details?.container_name ?? null,
    serviceId,
  };
};

const serviceRow = z.object({
  id: rowId,
  network_id: rowId,
  host_id: rowId,
  name: z.string(),
  service_definition: z.string(),
  position: optionalNumber,
  tags: idList,
  bindings: z.array(z.unknown()).nullish(),
  created_at: instant,
  updated_at: instant,
  ...virtualizationKeys,
});

export const readService: RowReader<ServiceModel> = (raw, reading) => {
  const row = serviceRow.parse(withG2Keys(raw, reading.adapter));
  return {
    type: 'Service',
    source: reading.source,
    id: row.id,
    networkId: row.network_id,
    hostId: row.host_id,
    name: row.name,
    definition: row.service_definition,
    position: row.position ?? 0,
    virtualization: readVirtualization(row),
    tagIds: row.tags,
    bindings: reading.children(row.bindings ?? [], readBinding),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
};

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
  const { members, binding_ids, dependency_type, ...row } = dependencyRow.parse(withG2Keys(raw, adapter));
  return {
    type: 'ServiceDependency',
    source,
    ...camelCased(row),
    dependencyType: TYPES[dependency_type] ?? 'UNKNOWN',
    members: members?.service_ids
      ? { by: 'SERVICE', ids: idList.parse(members.service_ids) }
      : { by: 'BINDING', ids: idList.parse(members?.binding_ids ?? binding_ids) },
  };
};

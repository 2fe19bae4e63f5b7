import type { ServiceModel } from '#entities/service/model.ts';
import { containsText } from '#lib/contains-text.ts';
import type { QueryRules } from './query-rules.ts';

/** Combined with AND. */
export interface ServiceQuery {
  readonly networkId?: string;
  readonly hostId?: string;
  readonly tagId?: string;
  /** Any of these, exactly. */
  readonly definitions?: readonly string[];
  /** Part of the name or the definition; case is ignored. */
  readonly search?: string;
}

const matches = ({ networkId, hostId, tagId, definitions, search }: ServiceQuery) => {
  const contains = containsText(search ?? '');
  return (service: ServiceModel): boolean =>
    (!networkId || service.networkId === networkId) &&
    (!hostId || service.hostId === hostId) &&
    (!tagId || service.tagIds.includes(tagId)) &&
    (!definitions || definitions.includes(service.definition)) &&
    (!search || contains(service.name) || contains(service.definition));
};

export const serviceRules: QueryRules<ServiceQuery, ServiceModel> = { matches, compare: () => null };

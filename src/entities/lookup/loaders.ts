import { readInventory } from '#entities/correlation/loaders.ts';
import { resourceByIdentifier } from '#entities/resource/loaders/by-identifier.ts';
import { type AliasKind, identifierKindOf } from '#inventory/identifiers/identifier.ts';
import { parseIdentifier } from '#inventory/identifiers/parse-identifier.ts';
import { InputError } from '#lib/gateway-error.ts';
import type { RequestContext } from '#loading/context.ts';
import { type FieldPlace, reportProblem } from '#loading/report-problem.ts';
import type { LookupHitModel } from './model.ts';

export const MAX_TERMS = 100;

/** Readings as what the server looks a resource up by. */
const ASKABLE: ReadonlySet<AliasKind> = new Set(['ID', 'ARN', 'AWS_ID', 'RESOURCE_ID']);

/**
 * Everything the terms may name, from the index. While that has not read a whole world, cloud resources are asked for by
 * identifier, one call a term and source, and the gap is reported.
 */
export const lookup = async (
  context: RequestContext,
  place: FieldPlace,
  terms: readonly string[],
): Promise<readonly LookupHitModel[]> => {
  if (terms.length > MAX_TERMS) throw new InputError(`Expected at most ${MAX_TERMS} terms, got ${terms.length}.`);
  try {
    const { aliases } = readInventory(context, place);
    return terms.flatMap((term) =>
      aliases
        .lookup(term)
        .flatMap(({ matchedOn, owner }) => (owner.type === 'Placeholder' ? [] : [{ term, matchedOn, record: owner }])),
    );
  } catch (error) {
    reportProblem(context, place, error);
    return (await Promise.all(terms.map((term) => askForResource(context, place, term)))).flat();
  }
};

const askForResource = async (context: RequestContext, place: FieldPlace, term: string): Promise<LookupHitModel[]> => {
  const readings = parseIdentifier(term);
  if (!readings.some(({ kind }) => ASKABLE.has(kind))) return [];
  const record = await resourceByIdentifier(context, place, term);
  if (!record) return [];
  const isRowId = record.id === term.trim().toLowerCase();
  const reading = readings.find(({ kind }) => ASKABLE.has(kind) && (kind === 'ID') === isRowId);
  return reading ? [{ term, matchedOn: identifierKindOf(reading), record }] : [];
};

import { certificateByName } from '#entities/certificate/loaders.ts';
import type { CertificateModel, NamedCertificate } from '#entities/certificate/model.ts';
import { readDerived } from '#entities/correlation/loaders.ts';
import { resourceByIdentifier } from '#entities/resource/loaders/by-identifier.ts';
import type { AliasHit } from '#inventory/identifiers/alias-index.ts';
import { type AliasKind, identifierKindOf } from '#inventory/identifiers/identifier.ts';
import { parseIdentifier } from '#inventory/identifiers/parse-identifier.ts';
import type { NamedRecord } from '#inventory/inventory.ts';
import { InputError } from '#lib/gateway-error.ts';
import type { RequestContext } from '#loading/context.ts';
import { type FieldLocation, reportProblem } from '#loading/report-problem.ts';
import type { LookupHitModel } from './model.ts';

export const MAX_TERMS = 100;

/** Readings as what the server looks a resource up by. */
const ASKABLE: ReadonlySet<AliasKind> = new Set(['ID', 'ARN', 'AWS_ID', 'RESOURCE_ID']);

/**
 * Everything the terms may name, from the index. While that has not read a whole world, cloud resources are asked for by
 * identifier, one call a term and source, and the gap is reported. The index knows certificates by name only: to be shown, each
 * costs one call.
 */
export const lookup = async (
  context: RequestContext,
  place: FieldLocation,
  terms: readonly string[],
  { showsCertificates }: { readonly showsCertificates: boolean },
): Promise<readonly LookupHitModel[]> => {
  if (terms.length > MAX_TERMS) throw new InputError(`Expected at most ${MAX_TERMS} terms, got ${terms.length}.`);
  const hits = await indexedHits(context, place, terms);
  if (!hits) return (await Promise.all(terms.map((term) => askForResource(context, place, term)))).flat();
  const certificates = showsCertificates ? await certificatesShown(context, place, hits) : null;
  return hits.flatMap(({ term, matchedOn, owner }) => {
    const record = certificates && owner.type === 'Certificate' ? certificates.get(owner) : owner;
    return record ? [{ term, matchedOn, record }] : [];
  });
};

const indexedHits = async (
  context: RequestContext,
  place: FieldLocation,
  terms: readonly string[],
): Promise<readonly AliasHit<NamedRecord>[] | null> => {
  try {
    const { aliases } = await readDerived(context, place);
    return terms.flatMap((term) => aliases.lookup(term));
  } catch (error) {
    reportProblem(context, place, error);
    return null;
  }
};

/** The certificates among the hits, as the upstream shows them. One that cannot be had is reported and missing. */
const certificatesShown = async (
  context: RequestContext,
  place: FieldLocation,
  hits: readonly AliasHit<NamedRecord>[],
): Promise<ReadonlyMap<NamedCertificate, CertificateModel | null>> => {
  const named = new Set(hits.flatMap(({ owner }) => (owner.type === 'Certificate' ? [owner] : [])));
  const shown = [...named].map(async (certificate) => {
    const found = await certificateByName(context, certificate).catch((error: unknown) => {
      reportProblem(context, place, error);
      return null;
    });
    return [certificate, found] as const;
  });
  return new Map(await Promise.all(shown));
};

const askForResource = async (
  context: RequestContext,
  place: FieldLocation,
  term: string,
): Promise<LookupHitModel[]> => {
  const readings = parseIdentifier(term);
  if (!readings.some(({ kind }) => ASKABLE.has(kind))) return [];
  const record = await resourceByIdentifier(context, place, term);
  if (!record) return [];
  const isRowId = record.id === term.trim().toLowerCase();
  const reading = readings.find(({ kind }) => ASKABLE.has(kind) && (kind === 'ID') === isRowId);
  return reading ? [{ term, matchedOn: identifierKindOf(reading), record }] : [];
};

import { findingDetailById } from '#entities/finding/loaders/lists.ts';
import { findingPages } from '#entities/finding/loaders/pages.ts';
import type { FindingModel } from '#entities/finding/model.ts';
import { type RowRef, refKey } from '#lib/record-ref.ts';
import { perRequest, type RequestContext } from '#loading/context.ts';
import { recordLoader } from '#loading/record-loader.ts';
import { unshown } from '#loading/report-problem.ts';
import { findingRules } from '#sources/cloud-queries.ts';
import type { CertificateModel, NamedCertificate } from './model.ts';

/** Types of findings that are about certificates, in either edition. */
const CERTIFICATE_FINDINGS = ['ssl_expiry', 'ssl_expired'] as const;

const isAboutCertificate = ({ certificateId, findingType }: FindingModel): boolean =>
  certificateId !== null || CERTIFICATE_FINDINGS.some((type) => type === findingType);

/** The finding that shows a certificate, for all of a request: whichever of those about it is asked first. */
const witnesses = perRequest(() => new Map<string, RowRef>());

const shownBy = async (context: RequestContext, { source, id }: RowRef): Promise<CertificateModel | null> =>
  (await findingDetailById(context).load({ source, id }))?.certificate ?? null;

const shownByWitness = (context: RequestContext, certificate: RowRef, finding: RowRef) => {
  const key = refKey({ type: 'Certificate', ...certificate });
  const witness = witnesses(context).get(key) ?? finding;
  witnesses(context).set(key, witness);
  return shownBy(context, witness);
};

/**
 * The certificate that a finding is about, null when it is about none. The upstream shows certificates only inside a finding: one
 * call per certificate; no call for findings of other types.
 */
export const certificateOfFinding = async (
  context: RequestContext,
  finding: FindingModel,
): Promise<CertificateModel | null> => {
  if (!isAboutCertificate(finding)) return null;
  const { source, certificateId: id } = finding;
  return id === null ? shownBy(context, finding) : shownByWitness(context, { source, id }, finding);
};

/** A certificate that the index names, as its finding shows it; null when that shows it no more. One call, as above. */
export const certificateByName = (
  context: RequestContext,
  { source, id, findingId }: NamedCertificate,
): Promise<CertificateModel | null> => shownByWitness(context, { source, id }, { source, id: findingId });

/** A certificate by its row id, through the findings about certificates; null when no finding shows it (any more), an error when one that the list lacks may. */
export const certificateById = recordLoader<'CLOUD', CertificateModel | null>(
  'certificateById',
  'CLOUD',
  async ({ name }, ids, context) => {
    const queries = CERTIFICATE_FINDINGS.map((type) => ({ type: [type] }));
    const lists = await Promise.all(
      queries.map(async (query) => {
        const list = await findingPages(context).whole(name, query);
        return { ...list, rows: list.rows.filter(findingRules.matches(query)) };
      }),
    );
    const findings = lists.flatMap((list) => list.rows);
    const wanted = new Set(ids);
    const relevant = findings.filter(({ certificateId }) => certificateId === null || wanted.has(certificateId));
    const certificates = await Promise.all(relevant.map((finding) => certificateOfFinding(context, finding)));
    const missing = lists.reduce((sum, list) => sum + list.missing, 0);
    const unknown = missing > 0 ? ids.map((id) => [id, unshown(name, missing)] as const) : [];
    const shown = certificates.filter((found) => found !== null).map((found) => [found.id, found] as const);
    return new Map<string, CertificateModel | Error>([...unknown, ...shown]);
  },
  () => null,
);

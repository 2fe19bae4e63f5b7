import { findingDetailById } from '#entities/finding/loaders/by-id.ts';
import { findingPages } from '#entities/finding/loaders/lists.ts';
import type { FindingModel } from '#entities/finding/model.ts';
import { refKey } from '#lib/record-ref.ts';
import type { RequestContext } from '#loading/context.ts';
import { perRequest } from '#loading/per-request.ts';
import { recordLoader } from '#loading/record-loader.ts';
import type { CertificateModel } from './model.ts';

/** Types of findings that are about certificates, in either edition. */
const CERTIFICATE_FINDINGS = ['ssl_expiry', 'ssl_expired'] as const;

const isAboutCertificate = ({ certificateId, findingType }: FindingModel): boolean =>
  certificateId !== null || CERTIFICATE_FINDINGS.some((type) => type === findingType);

/** One detail per certificate, whichever of its findings is asked first. */
const witnesses = perRequest(() => new Map<string, FindingModel>());

/**
 * The certificate that a finding is about, null when it is about none. The upstream shows certificates only inside a finding: one
 * call per certificate; no call for findings of other types.
 */
export const certificateOfFinding = async (
  context: RequestContext,
  finding: FindingModel,
): Promise<CertificateModel | null> => {
  if (!isAboutCertificate(finding)) return null;
  const { source, certificateId } = finding;
  const witness = certificateId
    ? witnessOf(context, refKey({ type: 'Certificate', source, id: certificateId }), finding)
    : finding;
  return (await findingDetailById(context).load({ source, id: witness.id }))?.certificate ?? null;
};

const witnessOf = (context: RequestContext, key: string, finding: FindingModel): FindingModel => {
  const known = witnesses(context).get(key);
  if (known) return known;
  witnesses(context).set(key, finding);
  return finding;
};

/** A certificate by its row id, through the findings about certificates; null when no finding shows it (any more). */
export const certificateById = recordLoader<'CLOUD', CertificateModel | null>(
  'certificateById',
  'CLOUD',
  async ({ name }, ids, context) => {
    const lists = await Promise.all(CERTIFICATE_FINDINGS.map((type) => findingPages(context).whole(name, { type })));
    const findings = lists.flatMap((list) => list.rows);
    const wanted = new Set(ids);
    const telling = findings.filter(({ certificateId }) => certificateId === null || wanted.has(certificateId));
    const certificates = await Promise.all(telling.map((finding) => certificateOfFinding(context, finding)));
    return new Map(certificates.filter((found) => found !== null).map((found) => [found.id, found]));
  },
  () => null,
);

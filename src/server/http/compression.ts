import { promisify } from 'node:util';
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib';

type Compress = (body: Buffer) => Promise<Buffer>;

const [zstd, brotli, gzipped] = [promisify(zstdCompress), promisify(brotliCompress), promisify(gzip)] as const;

/** Much smaller than without, at little cost: what is not kept is compressed for one reader only. */
const BROTLI_QUALITY = 4;

/** Best first: all are about as small, and each is slower than the one before. They run off the event loop. */
const CODINGS: ReadonlyMap<string, Compress> = new Map<string, Compress>([
  ['zstd', (body) => zstd(body)],
  ['br', (body) => brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } })],
  ['gzip', (body) => gzipped(body)],
]);

/** The content coding for a client (RFC 9110, section 12.5.3); null where it takes none of ours. */
export const codingFor = (acceptEncoding: string | undefined): string | null => {
  if (acceptEncoding === undefined) return null;
  const weightOf = weightsIn(acceptEncoding);
  const accepted = [...CODINGS.keys()].filter((coding) => weightOf(coding) > 0);
  return accepted.toSorted((a, b) => weightOf(b) - weightOf(a))[0] ?? null;
};

/** Whether a client takes what is in this coding already. */
export const accepts = (coding: string, acceptEncoding: string | undefined): boolean =>
  weightsIn(acceptEncoding)(coding) > 0;

const weightsIn = (acceptEncoding = ''): ((coding: string) => number) => {
  const weights = new Map(acceptEncoding.toLowerCase().split(',').map(weighted));
  return (coding) => weights.get(coding) ?? weights.get('*') ?? 0;
};

const weighted = (item: string): readonly [string, number] => {
  const [coding = '', ...parameters] = item.split(';').map((part) => part.trim());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  return [coding, weight === undefined ? 1 : Number(weight.slice(2)) || 0];
};

/** @param coding of {@link codingFor} */
export const compress = (coding: string, body: Buffer): Promise<Buffer> =>
  CODINGS.get(coding)?.(body) ?? Promise.resolve(body);

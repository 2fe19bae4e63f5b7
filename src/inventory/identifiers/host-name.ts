import { domainToASCII } from 'node:url';
import { addressOfOctets } from '#lib/addresses.ts';

const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/** A full host name in lower case, in punycode and without a trailing dot. Null for a text with one label, or with the form of an address. */
export function normalizeFqdn(text: string): string | null {
  if (!text.includes('.') || text.length > 1024) return null;
  const trimmed = (text.endsWith('.') ? text.slice(0, -1) : text).toLowerCase();
  const name = isAscii(trimmed) ? trimmed : domainToASCII(trimmed);
  const labels = name.split('.');
  if (name.length > 253 || labels.length < 2 || !labels.every((label) => LABEL.test(label))) return null;
  return /^\d+$/.test(labels.at(-1) ?? '') ? null : name;
}

/** A name as certificates contain it: a full name, or `*.` in front of one. Null for anything else. */
export function normalizeCertificateName(text: string): string | null {
  if (!text.startsWith('*.')) return normalizeFqdn(text);
  const parent = normalizeFqdn(text.slice(2));
  return parent === null ? null : `*.${parent}`;
}

/** The only wildcard that covers a full name, since `*` stands for exactly one label (RFC 6125). Expects the result of {@link normalizeFqdn}. */
export const wildcardOf = (fqdn: string): string => `*${fqdn.slice(fqdn.indexOf('.'))}`;

const isAscii = (text: string): boolean => {
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) > 127) return false;
  return true;
};

/** Lower case, with hyphens for spaces and underscores, so that the same name written differently in two inventories is equal. */
export const normalizeShortName = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');

/** The short name of a host name or title: its first label when it is a full name, else all of it. */
export const shortNameOf = (text: string): string => {
  const fqdn = normalizeFqdn(text.trim());
  return normalizeShortName(fqdn === null ? text : fqdn.slice(0, fqdn.indexOf('.')));
};

/** The content of a host name that AWS assigned. `region` is null in names of the short form, which do not contain it. */
export type AwsHostName =
  | { readonly form: 'PRIVATE_IP'; readonly ip: string; readonly region: string | null }
  | { readonly form: 'INSTANCE'; readonly instanceId: string; readonly region: string | null }
  | { readonly form: 'PUBLIC_IP'; readonly ip: string; readonly region: string }
  | {
      readonly form: 'DATABASE';
      readonly identifier: string;
      /** INSTANCE endpoints name a row; cluster and proxy endpoints name something the inventory does not list. */
      readonly endpoint: 'INSTANCE' | 'CLUSTER' | 'PROXY';
      /** Not the account number, but constant per account and region. */
      readonly accountLabel: string;
      readonly region: string;
    }
  | { readonly form: 'APPLICATION_BALANCER'; readonly name: string; readonly region: string }
  | { readonly form: 'NETWORK_BALANCER'; readonly name: string; readonly id: string; readonly region: string }
  | { readonly form: 'BUCKET'; readonly bucket: string; readonly region: string };

const REGION = '[a-z]{2,4}(?:-[a-z]+)+-\\d+';
const OCTETS = '(\\d{1,3})-(\\d{1,3})-(\\d{1,3})-(\\d{1,3})';
const INTERNAL = `(?:\\.(?:(ec2)|(${REGION})\\.compute)\\.internal)?\\.?$`;
const AWS = 'amazonaws\\.com(?:\\.cn)?\\.?$';

const PRIVATE_IP = new RegExp(`^ip-${OCTETS}${INTERNAL}`);
const INSTANCE = new RegExp(`^(i-[0-9a-f]{8,17})${INTERNAL}`);
const PUBLIC_IP = new RegExp(`^ec2-${OCTETS}\\.(?:compute-1|(${REGION})\\.compute)\\.${AWS}`);
const DATABASE = new RegExp(
  `^([a-z][a-z0-9-]{0,62})\\.(?:(cluster|cluster-ro|cluster-custom|proxy)-)?([a-z0-9]{10,14})\\.(${REGION})\\.rds\\.${AWS}`,
);
const NETWORK_BALANCER = new RegExp(`^(?:[a-z0-9-]+\\.)?([a-z0-9-]{1,32})-([0-9a-f]{16})\\.elb\\.(${REGION})\\.${AWS}`);
const APPLICATION_BALANCER = new RegExp(`^(?:internal-)?([a-z0-9-]{1,32})-\\d{5,}\\.(${REGION})\\.elb\\.${AWS}`);
const BUCKET = new RegExp(`^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\\.s3\\.(${REGION})\\.${AWS}`);

/** `ec2.internal` and `compute-1` mean this one. */
const FIRST_REGION = 'us-east-1';
const LONGEST_NAME = 255;

/** Parses a host name that AWS assigned; null for every other name. */
export function parseAwsHostName(text: string): AwsHostName | null {
  if (text.length > LONGEST_NAME) return null;
  const name = text.toLowerCase();
  return name.includes('.amazonaws.com') ? endpoint(name) : internalName(name);
}

function internalName(name: string): AwsHostName | null {
  const byIp = PRIVATE_IP.exec(name);
  if (byIp) {
    const ip = addressOfOctets(byIp.slice(1, 5));
    return ip === null ? null : { form: 'PRIVATE_IP', ip, region: byIp[5] ? FIRST_REGION : (byIp[6] ?? null) };
  }
  const byId = INSTANCE.exec(name);
  if (!byId?.[1]) return null;
  return { form: 'INSTANCE', instanceId: byId[1], region: byId[2] ? FIRST_REGION : (byId[3] ?? null) };
}

function endpoint(name: string): AwsHostName | null {
  return publicIp(name) ?? database(name) ?? balancer(name) ?? bucketName(name);
}

function publicIp(name: string): AwsHostName | null {
  const match = PUBLIC_IP.exec(name);
  const ip = match && addressOfOctets(match.slice(1, 5));
  return ip ? { form: 'PUBLIC_IP', ip, region: match[5] ?? FIRST_REGION } : null;
}

function database(name: string): AwsHostName | null {
  const [, identifier, role, accountLabel, region] = DATABASE.exec(name) ?? [];
  if (!identifier || !accountLabel || !region) return null;
  const endpoint = role === undefined ? 'INSTANCE' : role === 'proxy' ? 'PROXY' : 'CLUSTER';
  return { form: 'DATABASE', identifier, endpoint, accountLabel, region };
}

function balancer(name: string): AwsHostName | null {
  const [, net, id, netRegion] = NETWORK_BALANCER.exec(name) ?? [];
  if (net && id && netRegion) return { form: 'NETWORK_BALANCER', name: net, id, region: netRegion };
  const [, app, appRegion] = APPLICATION_BALANCER.exec(name) ?? [];
  return app && appRegion ? { form: 'APPLICATION_BALANCER', name: app, region: appRegion } : null;
}

function bucketName(name: string): AwsHostName | null {
  const [, bucket, region] = BUCKET.exec(name) ?? [];
  return bucket && region ? { form: 'BUCKET', bucket, region } : null;
}

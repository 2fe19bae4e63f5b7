import { domainToASCII } from 'node:url';

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

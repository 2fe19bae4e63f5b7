import { domainToASCII } from 'node:url';

const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/** Lower case, punycode, no trailing dot; null unless it has at least two labels and no address's form. */
export function normalizeFqdn(text: string): string | null {
  if (!text.includes('.') || text.length > 1024) return null;
  const trimmed = (text.endsWith('.') ? text.slice(0, -1) : text).toLowerCase();
  const name = isAscii(trimmed) ? trimmed : domainToASCII(trimmed);
  const labels = name.split('.');
  if (name.length > 253 || labels.length < 2 || !labels.every((label) => LABEL.test(label))) return null;
  return /^\d+$/.test(labels.at(-1) ?? '') ? null : name;
}

/** A name as certificates give it: a full name, or `*.` in front of one. */
export function normalizeCertificateName(text: string): string | null {
  if (!text.startsWith('*.')) return normalizeFqdn(text);
  const parent = normalizeFqdn(text.slice(2));
  return parent === null ? null : `*.${parent}`;
}

/** The only wildcard that covers a full name: it stands for exactly one label (RFC 6125). Expects {@link normalizeFqdn}'s form. */
export const wildcardOf = (fqdn: string): string => `*${fqdn.slice(fqdn.indexOf('.'))}`;

const isAscii = (text: string): boolean => {
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) > 127) return false;
  return true;
};

/** Lower case, with spaces and underscores as hyphens: how people write one name in two inventories. */
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

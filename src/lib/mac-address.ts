const SPELLINGS = [
  /^[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5}$/,
  /^[0-9a-f]{2}([.-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}$/,
  /^[0-9a-f]{4}([.:-])[0-9a-f]{4}\1[0-9a-f]{4}$/,
  /^[0-9a-f]{6}-?[0-9a-f]{6}$/,
];

/**
 * The one form of a 48-bit MAC, `aa:bb:cc:dd:ee:ff`, of any usual spelling: `AA-BB-…`, `aabb.ccdd.eeff`, `aabbcc-ddeeff`, bare
 * digits, `a:b:…` without leading zeros. Null when the text is none.
 */
export const canonicalMac = (text: string): string | null => {
  const trimmed = text.trim().toLowerCase();
  if (!SPELLINGS.some((spelling) => spelling.test(trimmed))) return null;
  const digits = trimmed
    .split(/[:.-]/)
    .map((part) => part.padStart(2, '0'))
    .join('');
  return digits.replace(/..(?=.)/g, '$&:');
};

const firstByte = (mac: string): number => Number.parseInt(mac.slice(0, 2), 16);

/** Assigned by software instead of a maker: every known EC2 interface, but also containers and private Wi-Fi. Expects {@link canonicalMac}'s form. */
export const isLocallyAdministered = (mac: string): boolean => (firstByte(mac) & 0b10) !== 0;

/** Shared by a virtual router's members (VRRP), a group, or nobody. Expects {@link canonicalMac}'s form. */
export const isSharedMac = (mac: string): boolean =>
  mac === '00:00:00:00:00:00' || mac.startsWith('00:00:5e:00:01:') || (firstByte(mac) & 1) === 1;

/** `aa:bb:cc:dd:ee:ff` of any usual spelling (`AA-BB-…`, `aabb.ccdd.eeff`, bare digits); null when the text is no 48-bit MAC. */
export const canonicalMac = (text: string): string | null => {
  const digits = text.trim().toLowerCase().replace(/[:.-]/g, '');
  return /^[0-9a-f]{12}$/.test(digits) ? (digits.match(/../g) ?? []).join(':') : null;
};

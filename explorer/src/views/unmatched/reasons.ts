/** Codes of `Unmatched.reasons` without what they carry in brackets, and what they mean. */
export const REASONS: Readonly<Record<string, string>> = {
  NO_KEY_ON_CLOUD_SIDE: 'the cloud record carries nothing that a network shows',
  NO_KEY_ON_NETWORK_SIDE: 'the host shows nothing that a cloud record carries',
  NOT_IN_CLOUD_INVENTORY: 'an AWS id was read on the network, and no account has it',
  NOT_ON_NETWORK: 'its network is known, and it was not seen there',
  OUT_OF_SCOPE_NETWORK: 'its network is not assigned to the other side',
  AMBIGUOUS: 'so many candidates are equally good',
  CONTRADICTION: 'the best candidate contradicts it in this',
  STALE: 'one of the two was not seen for long',
  EXCLUDED_ADDRESS: 'its addresses are shared or not unique',
  GENERIC_NAME: 'its name says nothing',
  BELOW_THRESHOLD: 'the best candidate is too weak',
  SOURCE_INCOMPLETE: 'this source is not read yet',
  DENIED_MANUALLY: 'the configuration says that it is not the same',
};

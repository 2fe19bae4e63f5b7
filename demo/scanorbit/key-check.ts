const PREFIX = 'sk_live_';
const LENGTH = PREFIX.length + 64;

/** What is wrong with the key that was sent; null when nothing is. */
export function keyComplaint(sent: string | string[] | undefined, apiKey: string): string | null {
  if (typeof sent !== 'string' || sent === '') return 'Missing API key. Provide X-API-Key header.';
  if (!sent.startsWith(PREFIX) || sent.length !== LENGTH) return 'Invalid API key format';
  return sent === apiKey ? null : 'Invalid API key';
}

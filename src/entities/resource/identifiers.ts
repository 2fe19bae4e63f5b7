const GLOBAL_ID = /^(arn:[a-z-]+:[^:]*:[^:]*:\d{12}:.+|[a-z]+-[0-9a-f]{8,17}|A[A-Z]{3}[A-Z2-7]{12,})$/;

/**
 * Whether an AWS identifier names one thing wherever it is met: an ARN with an account in it, a prefixed id (`i-0abc…`) or an
 * access key. Names (an RDS instance, a bucket) do not: another account, or another service, may use the same one.
 */
export const isGloballyUnique = (identifier: string): boolean => GLOBAL_ID.test(identifier);

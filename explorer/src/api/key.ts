const STORE = 'inventory-key';

/** The caller's key, kept until the tab is closed. */
export const readKey = (): string | null => sessionStorage.getItem(STORE);

export const saveKey = (key: string): void => sessionStorage.setItem(STORE, key);

export const forgetKey = (): void => sessionStorage.removeItem(STORE);

/** API keys and JWTs travel in the same header. */
export const keyHeaders = (): Record<string, string> => {
  const key = readKey();
  return key === null ? {} : { authorization: `Bearer ${key}` };
};

const STORE = 'inventory-key-headers';

type KeyHeaders = Readonly<Record<string, string>>;

/** The headers that say who the caller is, kept until the tab is closed. */
export const keyHeaders = (): KeyHeaders => JSON.parse(sessionStorage.getItem(STORE) ?? '{}');

export const hasKey = (): boolean => sessionStorage.getItem(STORE) !== null;

export const saveKeys = (headers: KeyHeaders): void => sessionStorage.setItem(STORE, JSON.stringify(headers));

export const forgetKeys = (): void => sessionStorage.removeItem(STORE);

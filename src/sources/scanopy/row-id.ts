const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether the server can know such an id: it refuses a whole call for one that it cannot parse. */
export const isRowId = (id: string): boolean => UUID.test(id);

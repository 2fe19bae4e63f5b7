/** In place of a record that was asked for and is not there. Of a source that failed, its error says more. */
export const NoRecord = () => (
  <p role="status">No record with this id can be seen: it may be gone, or hidden from your key.</p>
);

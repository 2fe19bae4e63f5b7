/** What stands where an answer will be. */
export const Loading = ({ lines = 3, what = 'Loading' }: { readonly lines?: number; readonly what?: string }) => (
  <div className="skeleton" role="status">
    <p className="visually-hidden">{what} …</p>
    {Array.from({ length: lines }, (_, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike.
      <span key={i} />
    ))}
  </div>
);

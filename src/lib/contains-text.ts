/** Whether a text that may be missing contains `text`, whatever the case of either. */
export const containsText = (text: string): ((candidate: string | null) => boolean) => {
  const wanted = text.toLowerCase();
  return (candidate) => candidate?.toLowerCase().includes(wanted) ?? false;
};

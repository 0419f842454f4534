/** @file Doing the same for many things, a few of them at once. */

/**
 * Maps a list in order, with at most so many calls under way.
 * @param signal once it is aborted, no further call begins and its reason is thrown
 * @throws whatever the first failing call throws; no further call begins then
 */
export async function mapInParallel<In, Out>(
  items: readonly In[],
  { atOnce, signal }: { readonly atOnce: number; readonly signal?: AbortSignal | undefined },
  map: (item: In, i: number) => Promise<Out>,
): Promise<Out[]> {
  const results = new Array<Out>(items.length)
  let next = 0
  let failed = false
  const work = async () => {
    while (next < items.length && !failed) {
      signal?.throwIfAborted()
      const i = next++
      try {
        results[i] = await map(items[i]!, i)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work))
  return results
}

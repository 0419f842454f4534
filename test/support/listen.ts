/** @file Listening to a long call. */

/** Anything that is told. */
interface Told {
  readonly type: string
}

/** A listener that hears one kind of event only. */
export function onlyOn<Event extends Told, Kind extends Event['type']>(
  type: Kind,
  hear: (event: Extract<Event, { readonly type: Kind }>) => unknown,
): (event: Event) => void {
  return (event) => {
    if (event.type === type) hear(event as Extract<Event, { readonly type: Kind }>)
  }
}

/** Over a group of the sidebar's links. */
export function Heading({ children }: { children: string }) {
  return <h2 className="mx-2 mt-4 mb-1 font-medium text-2xs text-mute">{children}</h2>;
}

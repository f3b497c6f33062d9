/** Where somebody goes after signing in: a path of this server, whatever an address says. */
export function wayBack(to: string | null | undefined): string {
  if (!to?.startsWith("/") || /^\/[/\\]/.test(to) || /\s/.test(to)) return "/";
  return /^\/(sign-in|welcome|api)([/?#]|$)/.test(to) ? "/" : to;
}

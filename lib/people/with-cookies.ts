/** A JSON reply that sets the cookies of another one. */
export function withCookies(cookies: Headers, body: unknown): Response {
  const reply = Response.json(body, {
    headers: { "cache-control": "no-store", "x-content-type-options": "nosniff" },
  });
  for (const cookie of cookies.getSetCookie()) reply.headers.append("set-cookie", cookie);
  return reply;
}

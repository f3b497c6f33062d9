/** What a request costs Next itself: the yardstick for one-row ingest. */
export async function POST(): Promise<Response> {
  return Response.json({});
}

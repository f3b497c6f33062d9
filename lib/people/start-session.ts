import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";

/** Begins a session for a person without asking for anything: the demo's. It has no address, only this server calls it. */
export const startSession = {
  id: "start-session",
  endpoints: {
    startSession: createAuthEndpoint(
      { method: "POST", body: z.object({ personId: z.string() }) },
      async (context) => {
        const { internalAdapter } = context.context;
        const user = await internalAdapter.findUserById(context.body.personId);
        if (!user) throw new Error("there is no such person");
        const session = await internalAdapter.createSession(user.id);
        await setSessionCookie(context, { session, user });
        return context.json({ done: true });
      },
    ),
  },
} as const;

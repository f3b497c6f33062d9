import { expect, test } from "vitest";
import type { Principal } from "@/lib/http/principal";
import { whoIs } from "./who";

const ada = (email: string): Principal => ({
  actor: `person:${email}`,
  scopes: ["admin"],
  person: { id: "p1", email, name: "Ada", role: "reviewer", model_roles: [] },
});

test("four eyes are counted by who a person is, under whichever address", () => {
  expect(whoIs(ada("ada@example.org"))).toMatchObject({
    actor: "person:ada@example.org",
    person: "person:p1",
    isPerson: true,
  });
  expect(whoIs(ada("new@example.org")).person).toBe("person:p1");
});

test("a service is counted by its name and is no person", () => {
  expect(whoIs({ actor: "key:ci", scopes: ["admin"] })).toMatchObject({ person: "key:ci", isPerson: false });
});

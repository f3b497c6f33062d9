"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { invitePerson, peopleQuery } from "@/lib/people/query";
import type { Role } from "@/lib/people/roles";
import { LinkShown } from "./link-shown";
import { RoleSelect } from "./role-select";
import { ROLE_WORDS } from "./role-words";

export function InviteDialog({ mail }: { mail: boolean }) {
  const [open, setOpen] = useState(false);
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("analyst");
  const client = useQueryClient();
  const invite = useMutation({
    mutationFn: invitePerson,
    onSuccess: () => client.invalidateQueries({ queryKey: peopleQuery().queryKey }),
  });
  const change = (next: boolean) => {
    setOpen(next);
    // Closed, the link is gone from this page too.
    if (next) return;
    invite.reset();
    setEmail("");
  };
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button tone="primary">
          <UserPlus aria-hidden="true" />
          Invite a person
        </Button>
      </DialogTrigger>
      <DialogContent
        title="Invite a person"
        description={mail ? "They get a mail with a link." : "You get a link to send to them."}
        // A click beside the dialog must not lose what cannot be shown again.
        onInteractOutside={(event) => invite.data && event.preventDefault()}
      >
        {invite.data ? (
          <>
            <LinkShown reply={invite.data} />
            <Button className="w-fit" onClick={() => change(false)}>
              Done
            </Button>
          </>
        ) : (
          <form
            className="flex flex-col gap-3"
            onSubmit={(event) => {
              event.preventDefault();
              invite.mutate({ email, role });
            }}
          >
            <Field label="E-mail address">
              {(wiring) => (
                <Input
                  {...wiring}
                  type="email"
                  required
                  value={email}
                  onChange={({ target }) => setEmail(target.value)}
                />
              )}
            </Field>
            <Field label="Role" hint={ROLE_WORDS[role]}>
              {(wiring) => <RoleSelect {...wiring} value={role} onRole={setRole} className="w-fit" />}
            </Field>
            {invite.error ? <ErrorState what="Nobody was invited" error={invite.error} /> : null}
            <Button type="submit" tone="primary" className="w-fit" disabled={invite.isPending}>
              Invite
            </Button>
          </form>
        )}
      </DialogContent>
    </Dialog>
  );
}

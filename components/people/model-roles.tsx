"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/input";
import { modelsQuery } from "@/lib/models/query";
import type { Role } from "@/lib/people/roles";
import type { Person, PersonChange } from "@/lib/people/schema";
import { RoleSelect } from "./role-select";

/** Roles for single models, which count there in place of the person's own. */
export function ModelRoles({
  person,
  pending,
  onChange,
}: {
  person: Person;
  pending: boolean;
  onChange: (roles: NonNullable<PersonChange["model_roles"]>) => void;
}) {
  const [adding, setAdding] = useState(false);
  return (
    <div className="flex flex-wrap items-center gap-1.5 text-xs">
      {person.model_roles.map(({ model, role }) => (
        <span key={model} className="flex items-center gap-1 rounded-md border border-line px-1.5">
          {role} for {model}
          <Button
            tone="ghost"
            size="iconSm"
            disabled={pending}
            aria-label={`Take the role for ${model} from ${person.name}`}
            onClick={() => onChange([{ model, role: null }])}
          >
            <X aria-hidden="true" />
          </Button>
        </span>
      ))}
      {adding ? (
        <AddModelRole
          person={person}
          onAdd={(added) => {
            setAdding(false);
            onChange([added]);
          }}
        />
      ) : (
        <Button
          tone="ghost"
          size="sm"
          disabled={pending}
          aria-label={`Another role for one model, for ${person.name}`}
          onClick={() => setAdding(true)}
        >
          Another role for one model …
        </Button>
      )}
    </div>
  );
}

function AddModelRole({
  person,
  onAdd,
}: {
  person: Person;
  onAdd: (added: { model: string; role: Role }) => void;
}) {
  const { data } = useQuery(modelsQuery());
  const [model, setModel] = useState("");
  const [role, setRole] = useState<Role>("reviewer");
  return (
    <>
      <RoleSelect aria-label={`Role for the model, of ${person.name}`} value={role} onRole={setRole} />
      for
      <Select
        aria-label={`Model for ${person.name}`}
        value={model}
        onChange={({ target }) => setModel(target.value)}
      >
        <option value="">choose a model</option>
        {data?.models.map(({ model: name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </Select>
      <Button size="sm" disabled={model === ""} onClick={() => onAdd({ model, role })}>
        Give
      </Button>
    </>
  );
}

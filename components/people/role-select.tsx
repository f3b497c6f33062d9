import type { ComponentProps } from "react";
import { Select } from "@/components/ui/input";
import { ROLES, type Role } from "@/lib/people/roles";

export function RoleSelect({
  value,
  onRole,
  ...props
}: Omit<ComponentProps<"select">, "value" | "onChange"> & { value: Role; onRole: (role: Role) => void }) {
  return (
    <Select
      {...props}
      value={value}
      onChange={({ target }) => {
        const role = ROLES.find((each) => each === target.value);
        if (role) onRole(role);
      }}
    >
      {ROLES.map((role) => (
        <option key={role} value={role}>
          {role}
        </option>
      ))}
    </Select>
  );
}

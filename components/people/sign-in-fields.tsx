import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from "@/lib/people/password";

type Text = { value: string; onValue: (value: string) => void };

/** known: the address that a link is for; it is shown, for the browser's store of passwords to see. */
export function EmailField({ value, onValue, known = null }: Text & { known?: string | null }) {
  return (
    <Field label="E-mail address">
      {(wiring) => (
        <Input
          {...wiring}
          type="email"
          autoComplete="username"
          required
          readOnly={known !== null}
          value={known ?? value}
          onChange={({ target }) => onValue(target.value)}
        />
      )}
    </Field>
  );
}

export function PasswordField({ label = "Password", value, onValue }: Text & { label?: string }) {
  return (
    <Field label={label}>
      {(wiring) => (
        <Input
          {...wiring}
          type="password"
          autoComplete="current-password"
          required
          value={value}
          onChange={({ target }) => onValue(target.value)}
        />
      )}
    </Field>
  );
}

/** consequence: what follows from it, as a sentence. */
export function NewPasswordField({
  label = "Password",
  consequence = "",
  value,
  onValue,
}: Text & { label?: string; consequence?: string }) {
  return (
    <Field label={label} hint={`At least ${SHORTEST_PASSWORD} characters. ${consequence}`.trim()}>
      {(wiring) => (
        <Input
          {...wiring}
          type="password"
          autoComplete="new-password"
          required
          minLength={SHORTEST_PASSWORD}
          maxLength={LONGEST_PASSWORD}
          value={value}
          onChange={({ target }) => onValue(target.value)}
        />
      )}
    </Field>
  );
}

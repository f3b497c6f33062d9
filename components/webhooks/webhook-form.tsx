import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { WebhookEvent } from "@/lib/webhooks/schema";
import type { WebhookRecord } from "@/lib/webhooks/wire";
import { EVENT_NAMES, EVENT_WORDS } from "./event-words";
import { makeSecret } from "./make-secret";

/** What is sent of a form; a secret that is left out stays as it is, an empty one is forgotten. */
export type WebhookInput = {
  name: string;
  url: string;
  description: string;
  events: WebhookEvent[];
  secret?: string;
};

/** Makes a webhook, or changes one. */
export function WebhookForm({
  webhook,
  pending,
  error,
  onSubmit,
}: {
  webhook?: WebhookRecord;
  pending: boolean;
  error: unknown;
  onSubmit: (input: WebhookInput) => void;
}) {
  const [name, setName] = useState(webhook?.name ?? "");
  const [url, setUrl] = useState(webhook?.url ?? "");
  const [description, setDescription] = useState(webhook?.description ?? "");
  const [events, setEvents] = useState<readonly WebhookEvent[]>(
    webhook?.events ?? ["model_version.stage_changed"],
  );
  const [secret, setSecret] = useState("");
  const [forget, setForget] = useState(false);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const kept = webhook && secret === "" && !forget;
        onSubmit({
          name: name.trim(),
          url: url.trim(),
          description: description.trim(),
          events: [...events],
          ...(kept ? {} : { secret: forget ? "" : secret }),
        });
      }}
    >
      <Field label="Name" hint="Letters, digits, dots, hyphens: who is told.">
        {(wiring) => (
          <Input
            {...wiring}
            required
            maxLength={63}
            placeholder="deploy"
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        )}
      </Field>
      <Field
        label="Address"
        hint="Gets a POST for each event. A public https:// address, unless the operator of this server allows others."
      >
        {(wiring) => (
          <Input
            {...wiring}
            required
            type="url"
            placeholder="https://ci.example.com/hook"
            value={url}
            onChange={({ target }) => setUrl(target.value)}
          />
        )}
      </Field>
      <fieldset className="flex flex-col gap-1.5">
        <legend className="mb-1 font-medium text-xs">Is told when</legend>
        {EVENT_NAMES.map((event) => (
          <label key={event} className="flex items-start gap-2.5">
            <input
              type="checkbox"
              checked={events.includes(event)}
              onChange={({ target }) =>
                setEvents(target.checked ? [...events, event] : events.filter((each) => each !== event))
              }
              className="mt-0.75 size-3.5 shrink-0 accent-accent"
            />
            <span className="min-w-0">
              {EVENT_WORDS[event]}
              <span className="block break-all font-mono text-2xs text-mute">{event}</span>
            </span>
          </label>
        ))}
        {events.length === 0 ? (
          <p role="alert" className="text-high text-xs">
            Choose at least one.
          </p>
        ) : null}
      </fieldset>
      <Field
        label="Secret"
        hint={
          webhook?.has_secret
            ? "There is one, which is never shown. Left empty, it stays."
            : "Signs what is sent, so that the receiver knows it is from here. It is never shown again."
        }
      >
        {(wiring) => (
          <span className="flex flex-wrap gap-2">
            <Input
              {...wiring}
              className="min-w-48 flex-1 font-mono"
              autoComplete="off"
              spellCheck={false}
              maxLength={1000}
              disabled={forget}
              value={secret}
              onChange={({ target }) => setSecret(target.value)}
            />
            <Button disabled={forget} onClick={() => setSecret(makeSecret())}>
              Make one up
            </Button>
            {secret ? <CopyButton text={secret} /> : null}
          </span>
        )}
      </Field>
      {webhook?.has_secret ? (
        <label className="-mt-2 flex items-center gap-2.5">
          <input
            type="checkbox"
            checked={forget}
            onChange={({ target }) => setForget(target.checked)}
            className="size-3.5 accent-accent"
          />
          Forget the secret and send without a signature
        </label>
      ) : null}
      <Field label="Description">
        {(wiring) => (
          <Input
            {...wiring}
            maxLength={1000}
            value={description}
            onChange={({ target }) => setDescription(target.value)}
          />
        )}
      </Field>
      {error ? (
        <ErrorState
          what={webhook ? "The webhook was not changed" : "The webhook was not made"}
          error={error}
        />
      ) : null}
      <Button
        type="submit"
        tone="primary"
        className="w-fit"
        disabled={pending || name.trim() === "" || url.trim() === "" || events.length === 0}
      >
        {webhook ? "Save the changes" : "Add the webhook"}
      </Button>
    </form>
  );
}

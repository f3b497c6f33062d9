import { Import } from "lucide-react";
import { useState } from "react";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { type Filled, mergeImported } from "@/lib/cards/fill";
import { readHuggingFace } from "@/lib/cards/hugging-face";
import type { ModelCard } from "@/lib/cards/schema";
import { listWords, plural } from "@/lib/charts/format";
import { describeError } from "@/lib/http/request";

const LARGEST_FILE = 1_000_000;

/** Takes the metadata of a Hugging Face card into the one that is edited. */
export function ImportDialog({
  card,
  onImport,
}: {
  /** null while its text has a fault. */
  card: ModelCard | null;
  onImport: (fields: Filled[]) => void;
}) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [error, setError] = useState<string | null>(null);

  const take = () => {
    try {
      const { fields, left } = readHuggingFace(text);
      if (fields.length === 0) throw new Error("there is nothing in it that a model card has a place for");
      if (card) onImport(mergeImported(card, fields));
      announce(
        "success",
        `${plural(fields.length, "field")} taken over.${left.length > 0 ? ` Left out: ${listWords(left, 5)}.` : ""}`,
      );
      setOpen(false);
      setText("");
    } catch (thrown) {
      setError(describeError(thrown));
    }
  };

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setError(null);
      }}
    >
      <DialogTrigger asChild>
        <Button disabled={card === null}>
          <Import aria-hidden="true" />
          Import
        </Button>
      </DialogTrigger>
      <DialogContent
        title="Import a Hugging Face card"
        description="Its README.md, or the metadata between its first two lines of ---. Name, license, uses, data sets and the results of model-index are taken; nothing is saved yet."
      >
        <Field label="A file">
          {(wiring) => (
            <input
              {...wiring}
              type="file"
              accept=".md,.yaml,.yml,text/markdown"
              onChange={async (event) => {
                const file = event.target.files?.[0];
                if (!file) return;
                if (file.size > LARGEST_FILE) setError(`${file.name} has more than 1 MB, which no card has.`);
                else setText(await file.text());
              }}
            />
          )}
        </Field>
        <Field label="Or its text" error={error}>
          {(wiring) => (
            <Textarea
              {...wiring}
              rows={10}
              spellCheck={false}
              className="font-mono text-xs"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <Button tone="primary" className="self-start" disabled={text.trim() === ""} onClick={take}>
          Take it over
        </Button>
      </DialogContent>
    </Dialog>
  );
}

"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { actorWords } from "@/lib/registry/change-words";
import type { VersionList } from "@/lib/registry/wire";

const ModelForm = dynamic(() => import("./model-form").then((module) => module.ModelForm), { ssr: false });

/** What is said of the model as a whole, whose it is, and the way to change it. */
export function ModelWords({ model, list }: { model: string; list: VersionList }) {
  const [open, setOpen] = useState(false);
  const { description, tags, owner } = list;
  return (
    <div className="mt-1">
      {description ? <p className="whitespace-pre-wrap break-words text-soft">{description}</p> : null}
      {tags.length > 0 ? (
        <ul aria-label="Tags of the model" className="mt-1 flex flex-wrap gap-1.5">
          {tags.map(({ key, value }) => (
            <li
              key={key}
              className="max-w-full break-words rounded-sm border border-line px-1.5 py-px text-xs"
            >
              <span className="text-mute">{key}</span> {value}
            </li>
          ))}
        </ul>
      ) : null}
      <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-mute text-xs">
        <span>
          owner of the model <span className="text-ink">{owner ? actorWords(owner) : "nobody named"}</span>
        </span>
        <Dialog open={open} onOpenChange={setOpen}>
          <DialogTrigger asChild>
            <Button size="sm" tone="ghost">
              {description ? "Edit description, owner and tags" : "Describe the model"}
            </Button>
          </DialogTrigger>
          <DialogContent
            title={`Describe ${model}`}
            description="What holds for all of its versions. Who changed what is kept in the audit log."
            className="top-[6vh] max-h-[88vh]"
          >
            <ModelForm model={model} list={list} onDone={() => setOpen(false)} />
          </DialogContent>
        </Dialog>
      </p>
    </div>
  );
}

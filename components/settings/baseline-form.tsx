"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { freezeBaseline, uploadBaseline } from "@/lib/baselines/query";
import type { VersionAddress } from "@/lib/models/address";
import { versionKey } from "@/lib/models/query";
import type { Window } from "@/lib/wire";
import { BaselineFileForm } from "./baseline-file-form";
import { BaselineProgress } from "./baseline-progress";
import { BaselineReceiptPanel } from "./baseline-receipt-panel";
import { BaselineWindowForm } from "./baseline-window-form";

type Source = { file: File } | { window: Window };

/** Sets a version's baseline: from a file, or by freezing a window of what it has logged. */
export function BaselineForm({
  address,
  logged,
  replaces,
}: {
  address: VersionAddress;
  /** First and last logged prediction; null where there is none, so nothing to freeze. */
  logged: Window | null;
  replaces: boolean;
}) {
  const client = useQueryClient();
  const cancel = useRef<AbortController | null>(null);
  const [sent, setSent] = useState(0);
  // What was chosen outlives a refusal.
  const [tab, setTab] = useState(logged && !replaces ? "window" : "file");
  const [file, setFile] = useState<File | null>(null);

  const set = useMutation({
    mutationFn: (source: Source) => {
      cancel.current = new AbortController();
      const { signal } = cancel.current;
      setSent(0);
      return "file" in source
        ? uploadBaseline(address, source.file, { onProgress: setSent, signal })
        : freezeBaseline(address, source.window, signal);
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: versionKey(address) }),
        client.invalidateQueries({ queryKey: ["models"] }),
      ]),
  });

  if (set.isPending) {
    return (
      <BaselineProgress
        what={"file" in set.variables ? set.variables.file.name : "the window"}
        sent={"file" in set.variables ? sent : null}
        onCancel={() => cancel.current?.abort()}
      />
    );
  }
  if (set.data) return <BaselineReceiptPanel receipt={set.data} onAgain={set.reset} />;

  const cancelled = set.error instanceof DOMException && set.error.name === "AbortError";
  const failure = set.error && !cancelled ? set.error : null;
  return (
    <Tabs value={tab} onValueChange={setTab}>
      <TabsList aria-label="Where the baseline comes from">
        <TabsTrigger value="file">From a file</TabsTrigger>
        <TabsTrigger value="window">Freeze a logged window</TabsTrigger>
      </TabsList>
      {cancelled ? (
        <p role="status" className="pt-2 text-mute">
          Cancelled. The baseline is as it was.
        </p>
      ) : null}
      <TabsContent value="file">
        <BaselineFileForm
          file={file}
          onFile={setFile}
          failure={failure}
          replaces={replaces}
          onSubmit={(file) => set.mutate({ file })}
        />
      </TabsContent>
      <TabsContent value="window">
        <BaselineWindowForm
          logged={logged}
          failure={failure}
          replaces={replaces}
          onSubmit={(window) => set.mutate({ window })}
        />
      </TabsContent>
    </Tabs>
  );
}

"use client";

import { useQueryStates } from "nuqs";
import { ConnectGuide } from "@/components/connect/connect-guide";
import { connectSearchParams, LANGUAGES } from "./search-params";

/** Keeps the language and the version that the code is filled in for in the URL. */
export function ConnectView() {
  const [{ lang, model, version }, setView] = useQueryStates(connectSearchParams);
  return (
    <ConnectGuide
      language={lang}
      onLanguage={(next) => setView({ lang: LANGUAGES.find((each) => each === next) ?? null })}
      target={model && version ? { model, version } : null}
      onTarget={(target) => setView({ model: target?.model ?? null, version: target?.version ?? null })}
    />
  );
}

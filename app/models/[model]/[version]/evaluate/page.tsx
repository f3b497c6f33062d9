import type { Metadata } from "next";
import { Prefetched } from "@/app/prefetched";
import { type VersionParams, versionAddress } from "../address";
import { datasetsAnswer, evaluationsAnswer, modelFilesAnswer } from "./answers";
import { EvaluateView } from "./evaluate-view";

export async function generateMetadata(props: VersionParams): Promise<Metadata> {
  const { model, version } = await versionAddress(props);
  return { title: `Evaluate ${model} version ${version}` };
}

export default async function EvaluatePage(props: VersionParams) {
  const address = await versionAddress(props);
  return (
    <Prefetched
      load={(ask) =>
        Promise.all([
          ask(evaluationsAnswer(address)),
          ask(modelFilesAnswer(address)),
          ask(datasetsAnswer(address.model)),
        ])
      }
    >
      <EvaluateView address={address} />
    </Prefetched>
  );
}

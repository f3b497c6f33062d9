import { useSyncExternalStore } from "react";

const never = () => () => {};

/** Where this Tidemark is reached, for code to copy: "https://tidemark.example.org". */
export const useOrigin = (): string =>
  useSyncExternalStore(
    never,
    () => window.location.origin,
    () => "http://localhost:3000",
  );

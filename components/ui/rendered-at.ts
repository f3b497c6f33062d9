"use client";

import { createContext } from "react";

/** When the server rendered the HTML that is being hydrated: both must write the same "3 min ago". null = it did not. */
export const RenderedAt = createContext<number | null>(null);

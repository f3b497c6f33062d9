import { parseAsString } from "nuqs/server";

/** The webhook whose deliveries are shown. */
export const webhooksSearchParams = { webhook: parseAsString };

import { refuseUnknownPath } from "@/lib/http/unknown";

export {
  refuseUnknownPath as GET,
  refuseUnknownPath as POST,
  refuseUnknownPath as PUT,
  refuseUnknownPath as PATCH,
  refuseUnknownPath as DELETE,
};

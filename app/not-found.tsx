import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function NotFound() {
  return (
    <>
      <h1 className="mb-2 text-base">Not found</h1>
      <EmptyState title="There is no page at this address. It may have been mistyped, or be from another version of Tidemark.">
        <Button asChild tone="primary" className="w-fit">
          <Link href="/models">All models</Link>
        </Button>
      </EmptyState>
    </>
  );
}

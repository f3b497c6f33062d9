import { Table, Td, Th } from "@/components/ui/table";
import type { KeyValue } from "@/lib/runs/schema";

export function PairTable({
  label,
  pairs,
  nothing,
}: {
  label: string;
  pairs: readonly KeyValue[];
  nothing: string;
}) {
  if (pairs.length === 0) return <p className="text-mute">{nothing}</p>;
  return (
    <div className="max-h-96 overflow-y-auto">
      <Table label={label}>
        <thead className="sr-only">
          <tr>
            <Th>name</Th>
            <Th>value</Th>
          </tr>
        </thead>
        <tbody>
          {pairs.map(({ key, value }) => (
            <tr key={key}>
              <Td className="w-2/5 break-all text-soft">{key}</Td>
              <Td className="whitespace-pre-wrap break-all">{value}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

import { readFileSync } from "node:fs";
import Papa from "papaparse";
import { vegaData } from "./vega-data";

/** The four regions of the US Census Bureau; what belongs to no state is a territory. */
const STATES = {
  Northeast: "CT ME MA NH RI VT NJ NY PA",
  Midwest: "IL IN MI OH WI IA KS MN MO NE ND SD",
  South: "DE DC FL GA MD NC SC VA WV AL KY MS TN AR LA OK TX",
  West: "AZ CO ID MT NV NM UT WY AK CA HI OR WA",
};

/**
 * Region of each airport by its code. The file of flights has no carrier to drill down by, but weather has a
 * place: the state of each airport stands in `airports.csv` of the same package.
 */
export function readRegions(): Map<string, string> {
  const regionOf = new Map(
    Object.entries(STATES).flatMap(([region, states]) =>
      states.split(" ").map((state) => [state, region] as const),
    ),
  );
  const { data } = Papa.parse<{ iata: string; state: string }>(
    readFileSync(vegaData("airports.csv"), "utf8"),
    { header: true },
  );
  return new Map(data.map(({ iata, state }) => [iata, regionOf.get(state) ?? "Territories"]));
}

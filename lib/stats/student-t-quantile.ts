/** scipy.stats.t.ppf(0.975, df) for df = 1 to 30. */
const TABLE = [
  12.7062047362, 4.3026527297, 3.1824463053, 2.7764451052, 2.5705818356, 2.4469118511, 2.3646242516,
  2.3060041352, 2.2621571628, 2.228138852, 2.2009851601, 2.1788128297, 2.1603686565, 2.1447866879,
  2.1314495456, 2.1199052992, 2.1098155778, 2.1009220402, 2.0930240544, 2.0859634473, 2.0796138447,
  2.0738730679, 2.0686576104, 2.0638985616, 2.0595385528, 2.0555294386, 2.0518305165, 2.0484071418,
  2.0452296421, 2.0422724563,
];
/** The normal distribution's 97.5 % quantile. */
const Z = 1.959963984540054;

/**
 * The 97.5 % quantile of Student's t: how many standard errors a 95 % confidence interval of a mean reaches to each side.
 *
 * Tabled to 30 degrees of freedom; beyond by the Cornish–Fisher expansion to the fourth order, to 300 made exact by Newton's
 * method on the distribution's finite series. Within 1e-10.
 * @param df degrees of freedom, a whole number from 1
 * @returns above 1.9599…; NaN below 1
 * @see Abramowitz and Stegun (1964), 26.7.3 to 26.7.5
 */
export function studentT975(df: number): number {
  if (!(df >= 1)) return Number.NaN;
  if (df <= TABLE.length) return TABLE[Math.floor(df) - 1]!;
  const g1 = (Z ** 3 + Z) / 4;
  const g2 = (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / 96;
  const g3 = (3 * Z ** 7 + 19 * Z ** 5 + 17 * Z ** 3 - 15 * Z) / 384;
  const g4 = (79 * Z ** 9 + 776 * Z ** 7 + 1482 * Z ** 5 - 1920 * Z ** 3 - 945 * Z) / 92160;
  const near = Z + g1 / df + g2 / df ** 2 + g3 / df ** 3 + g4 / df ** 4;
  return df > 300 ? near : refined(near, Math.floor(df));
}

/** A Newton step in the angle θ = atan(t/√df), of which the central probability is a finite sum of powers of cosines. */
function refined(near: number, df: number): number {
  const angle = Math.atan(near / Math.sqrt(df));
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const even = df % 2 === 0;
  let term = even ? 1 : cosine;
  let sum = term;
  for (let k = even ? 2 : 3; k <= df - 2; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine;
    sum += term;
  }
  const central = even ? sine * sum : (2 / Math.PI) * (angle + sine * sum);
  // the density per unit of angle is c·cosine^(df − 1), and c the last term's coefficient times (df − 1)
  const last = term * (df - 1) * cosine;
  const slope = even ? last : (2 / Math.PI) * last;
  return Math.tan(angle + (0.95 - central) / slope) * Math.sqrt(df);
}

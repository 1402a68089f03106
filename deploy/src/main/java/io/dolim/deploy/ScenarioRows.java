package io.dolim.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.capacity.scenario.Conditions;
import io.dolim.capacity.scenario.EightSums;
import io.dolim.capacity.scenario.Family;
import io.dolim.capacity.scenario.Move;
import io.dolim.capacity.scenario.Scenario;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.math.Elementary;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;

/** A scenario set as rows; figures are rounded for the eye, to six decimals and probabilities to ten. */
final class ScenarioRows {

    private static final int DECIMALS = 6;
    private static final int PROBABILITY_DECIMALS = 10;

    private final ScenarioSet set;
    private final List<Integer> chosen = new ArrayList<>();

    /** @param family only of this one */
    ScenarioRows(ScenarioSet set, Optional<Family> family) {
        this.set = set;
        for (int s = 0; s < set.size(); s++) {
            Family own = set.scenario(s).family();
            if (family.isEmpty() || family.get() == own) {
                chosen.add(s);
            }
        }
    }

    /** In the set's order. */
    List<ObjectNode> all() {
        return chosen.stream().map(this::row).toList();
    }

    /** Those that count the deepest fall of a spot, deepest first; ties in the set's order. */
    List<ObjectNode> worst(int most, Underlying underlying) {
        return chosen.stream()
                .sorted(Comparator.comparingDouble(s -> set.damping(s) * fall(s, underlying)))
                .limit(most)
                .map(this::row)
                .toList();
    }

    /** One row a family. */
    List<ObjectNode> totals() {
        List<ObjectNode> rows = new ArrayList<>();
        for (Family family : Family.values()) {
            List<Integer> own =
                    chosen.stream().filter(s -> set.scenario(s).family() == family).toList();
            if (!own.isEmpty()) {
                rows.add(total(family, own));
            }
        }
        return rows;
    }

    private ObjectNode total(Family family, List<Integer> own) {
        double weight = EightSums.of(own.size(), i -> set.probability(own.get(i)));
        ObjectNode row =
                Rows.object()
                        .put("set", set.version())
                        .put("family", named(family))
                        .put("scenarios", own.size())
                        .put("weight", rounded(weight, PROBABILITY_DECIMALS));
        for (Underlying underlying : set.underlyings()) {
            double mean =
                    EightSums.of(
                                    own.size(),
                                    i -> set.probability(own.get(i)) * fall(own.get(i), underlying))
                            / weight;
            String code = underlying.code().toLowerCase(Locale.ROOT);
            row.put(code + "_mean_spot", rounded(mean, DECIMALS))
                    .put(
                            code + "_least_spot",
                            rounded(
                                    own.stream()
                                            .mapToDouble(s -> fall(s, underlying))
                                            .min()
                                            .orElseThrow(),
                                    DECIMALS))
                    .put(
                            code + "_most_spot",
                            rounded(
                                    own.stream()
                                            .mapToDouble(s -> fall(s, underlying))
                                            .max()
                                            .orElseThrow(),
                                    DECIMALS));
        }
        return row;
    }

    private ObjectNode row(int s) {
        Scenario scenario = set.scenario(s);
        ObjectNode row =
                Rows.object()
                        .put("set", set.version())
                        .put("index", s)
                        .put("family", named(scenario.family()))
                        .put("name", scenario.name())
                        .put("probability", rounded(set.probability(s), PROBABILITY_DECIMALS))
                        .put("damping", rounded(scenario.damping(), DECIMALS));
        for (Underlying underlying : set.underlyings()) {
            Move move = set.move(s, underlying);
            String code = underlying.code().toLowerCase(Locale.ROOT);
            row.put(code + "_spot", rounded(fall(s, underlying), DECIMALS))
                    .put(code + "_vol", rounded(move.volShock(), DECIMALS))
                    .put(code + "_tilt", rounded(move.tilt(), DECIMALS));
        }
        Conditions conditions = scenario.conditions();
        return row.put("liquidity", rounded(conditions.liquidity(), DECIMALS))
                .put("pegs", named(conditions.pegs()))
                .put("recoveries", named(conditions.recoveries()))
                .put("funding_annual", rounded(conditions.fundingAnnual(), DECIMALS))
                .put("basis", rounded(conditions.basis(), DECIMALS));
    }

    private double fall(int s, Underlying underlying) {
        return Elementary.expm1(set.move(s, underlying).logSpot());
    }

    private static String named(Family family) {
        return family.name().toLowerCase(Locale.ROOT);
    }

    private static String named(SortedMap<String, Double> shares) {
        List<String> words = new ArrayList<>();
        shares.forEach((name, share) -> words.add(name + "=" + rounded(share, DECIMALS)));
        return String.join(" ", words);
    }

    private static BigDecimal rounded(double value, int decimals) {
        BigDecimal exact = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
        return exact.signum() == 0
                ? BigDecimal.ZERO
                : new BigDecimal(exact.stripTrailingZeros().toPlainString());
    }
}

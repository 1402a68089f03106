package io.dolim.book.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition on the pool: comparisons of paths of {@link StateTree} with numbers or words, joined by
 * {@code and} and {@code or}, {@code and} binding closer.
 *
 * <pre>  positions.BTC_USDC-25DEC26-65000-C &lt; -5 and mode == OPEN or capital.rac &lt;= 1e6</pre>
 */
public final class Condition {

    private static final Pattern COMPARISON =
            Pattern.compile("\\s*([A-Za-z_][^\\s<>=!]*)\\s*(<=|>=|==|!=|<|>)\\s*([^\\s<>=!]+)\\s*");

    private final List<List<Comparison>> anyOfAll;

    /** A path against a value. */
    private record Comparison(String path, String operator, String value) {

        boolean holds(JsonNode tree) {
            JsonNode node = at(tree, path);
            if (node.isMissingNode()) {
                return false;
            }
            if (!node.isNumber()) {
                boolean equal = node.asText().equals(value);
                return operator.equals("==") ? equal : operator.equals("!=") && !equal;
            }
            int sign = node.decimalValue().compareTo(new BigDecimal(value));
            return switch (operator) {
                case "<" -> sign < 0;
                case "<=" -> sign <= 0;
                case ">" -> sign > 0;
                case ">=" -> sign >= 0;
                case "==" -> sign == 0;
                default -> sign != 0;
            };
        }
    }

    private Condition(List<List<Comparison>> anyOfAll) {
        this.anyOfAll = anyOfAll;
    }

    /** @throws IllegalArgumentException when it is no such expression, or begins with an unknown root */
    public static Condition parse(String text) {
        List<List<Comparison>> any = new ArrayList<>();
        for (String disjunct : text.split("\\s+or\\s+", -1)) {
            List<Comparison> all = new ArrayList<>();
            for (String one : disjunct.split("\\s+and\\s+", -1)) {
                all.add(comparison(one));
            }
            any.add(all);
        }
        return new Condition(any);
    }

    private static Comparison comparison(String text) {
        Matcher read = COMPARISON.matcher(text);
        if (!read.matches()) {
            throw new IllegalArgumentException(
                    "expression='" + text.strip() + "' must read like greeks.BTC.delta < -5");
        }
        Comparison one = new Comparison(read.group(1), read.group(2), read.group(3));
        if (!StateTree.ROOTS.contains(root(one.path()))) {
            throw new IllegalArgumentException(
                    "path="
                            + one.path()
                            + " must begin with one of "
                            + new TreeSet<>(StateTree.ROOTS));
        }
        if (!Set.of("==", "!=").contains(one.operator())) {
            number(one);
        }
        return one;
    }

    private static void number(Comparison one) {
        try {
            new BigDecimal(one.value());
        } catch (NumberFormatException no) {
            throw new IllegalArgumentException("value=" + one.value() + " is no number", no);
        }
    }

    private static String root(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }

    private static JsonNode at(JsonNode tree, String path) {
        JsonNode node = tree;
        for (String step : path.split("\\.", -1)) {
            node = node.path(step);
        }
        return node;
    }

    /** The roots whose parts of the tree it needs. */
    SortedSet<String> roots() {
        SortedSet<String> roots = new TreeSet<>();
        anyOfAll.forEach(all -> all.forEach(one -> roots.add(root(one.path()))));
        return roots;
    }

    /** Whether it holds of a tree; a path that is missing there holds nothing. */
    public boolean holds(JsonNode tree) {
        return anyOfAll.stream().anyMatch(all -> all.stream().allMatch(one -> one.holds(tree)));
    }

    /** Paths that a tree does not have. */
    public SortedSet<String> missing(JsonNode tree) {
        SortedSet<String> missing = new TreeSet<>();
        for (List<Comparison> all : anyOfAll) {
            for (Comparison one : all) {
                if (at(tree, one.path()).isMissingNode()) {
                    missing.add(one.path());
                }
            }
        }
        return missing;
    }
}

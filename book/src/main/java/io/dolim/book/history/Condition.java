package io.dolim.book.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition on the pool: comparisons of paths of {@link StateTree} with numbers or words, joined by
 * {@code and} and {@code or}, {@code and} binding closer, and grouped by parentheses.
 *
 * <pre>  (positions.BTC_USDC-25DEC26-65000-C &lt; -5 or mode == HALTED) and capital.rac &lt;= 1e6</pre>
 */
public final class Condition {

    private static final Pattern TOKEN =
            Pattern.compile("\\s*(\\(|\\)|<=|>=|==|!=|<|>|[^\\s<>=!()]+)\\s*");
    private static final Pattern PATH = Pattern.compile("[A-Za-z_].*");
    private static final Set<String> OPERATORS = Set.of("<", "<=", ">", ">=", "==", "!=");
    private static final Set<String> EQUALITIES = Set.of("==", "!=");

    private final Term whole;
    private final List<Comparison> comparisons;

    /** A part of it. */
    private sealed interface Term {
        boolean holds(JsonNode tree);
    }

    private record All(List<Term> terms) implements Term {
        @Override
        public boolean holds(JsonNode tree) {
            return terms.stream().allMatch(term -> term.holds(tree));
        }
    }

    private record Any(List<Term> terms) implements Term {
        @Override
        public boolean holds(JsonNode tree) {
            return terms.stream().anyMatch(term -> term.holds(tree));
        }
    }

    /** A path against a value. */
    private record Comparison(
            String path, String operator, String value, Optional<BigDecimal> number)
            implements Term {

        @Override
        public boolean holds(JsonNode tree) {
            JsonNode node = at(tree, path);
            if (node.isMissingNode()) {
                return false;
            }
            if (!node.isNumber() || number.isEmpty()) {
                boolean equal = node.asText().equals(value);
                return operator.equals("==") ? equal : operator.equals("!=") && !equal;
            }
            int sign = node.decimalValue().compareTo(number.get());
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

    private Condition(Term whole, List<Comparison> comparisons) {
        this.whole = whole;
        this.comparisons = List.copyOf(comparisons);
    }

    /** @throws IllegalArgumentException when it is no such expression, or begins with an unknown root */
    public static Condition parse(String text) {
        Reading reading = new Reading(text);
        Term whole = reading.any();
        reading.end();
        return new Condition(whole, reading.comparisons);
    }

    /** The words of an expression, taken one by one. */
    private static final class Reading {

        private final String text;
        private final Deque<String> words = new ArrayDeque<>();
        private final List<Comparison> comparisons = new ArrayList<>();

        Reading(String text) {
            this.text = text;
            Matcher token = TOKEN.matcher(text);
            int end = 0;
            while (token.lookingAt()) {
                words.add(token.group(1));
                end = token.end();
                token.region(end, text.length());
            }
            if (end < text.length()) {
                throw unreadable(text.substring(end));
            }
        }

        private IllegalArgumentException unreadable(String at) {
            return new IllegalArgumentException(
                    "expression='"
                            + text.strip()
                            + "' must read like greeks.BTC.delta < -5 and mode == OPEN, at '"
                            + at
                            + "'");
        }

        Term any() {
            List<Term> terms = new ArrayList<>(List.of(all()));
            while (taken("or")) {
                terms.add(all());
            }
            return new Any(terms);
        }

        private Term all() {
            List<Term> terms = new ArrayList<>(List.of(one()));
            while (taken("and")) {
                terms.add(one());
            }
            return new All(terms);
        }

        private Term one() {
            if (!taken("(")) {
                return comparison();
            }
            Term inside = any();
            if (!taken(")")) {
                throw unreadable(next());
            }
            return inside;
        }

        private Term comparison() {
            String path = next();
            String operator = next();
            String value = next();
            if (!PATH.matcher(path).matches() || !OPERATORS.contains(operator)) {
                throw unreadable((path + " " + operator).strip());
            }
            if (value.isEmpty() || OPERATORS.contains(value) || "()".contains(value)) {
                throw unreadable(value);
            }
            if (!StateTree.ROOTS.contains(root(path))) {
                throw new IllegalArgumentException(
                        "path="
                                + path
                                + " must begin with one of "
                                + new TreeSet<>(StateTree.ROOTS));
            }
            Optional<BigDecimal> number = number(value);
            if (number.isEmpty() && !EQUALITIES.contains(operator)) {
                throw new IllegalArgumentException("value=" + value + " is no number");
            }
            Comparison one = new Comparison(path, operator, value, number);
            comparisons.add(one);
            return one;
        }

        private boolean taken(String word) {
            boolean there = word.equals(words.peek());
            if (there) {
                words.remove();
            }
            return there;
        }

        private String next() {
            String word = words.poll();
            return word == null ? "" : word;
        }

        void end() {
            if (!words.isEmpty()) {
                throw unreadable(next());
            }
        }
    }

    private static Optional<BigDecimal> number(String value) {
        try {
            return Optional.of(new BigDecimal(value));
        } catch (NumberFormatException no) {
            return Optional.empty();
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
        comparisons.forEach(one -> roots.add(root(one.path())));
        return roots;
    }

    /** Whether it holds of a tree; a path that is missing there holds nothing. */
    public boolean holds(JsonNode tree) {
        return whole.holds(tree);
    }

    /** Paths that a tree does not have. */
    public SortedSet<String> missing(JsonNode tree) {
        SortedSet<String> missing = new TreeSet<>();
        for (Comparison one : comparisons) {
            if (at(tree, one.path()).isMissingNode()) {
                missing.add(one.path());
            }
        }
        return missing;
    }
}

package io.dolim.capacity.scenario;

import io.dolim.quoting.instrument.Underlying;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The name of a scenario set says all that makes it besides its recipe: {@code standard-2}, or with
 * the volatility of today for underlyings in order, {@code standard-2@BTC=0.45,ETH=0.6}.
 *
 * @param recipe name of the recipe
 * @param volAnnual today's volatility by underlying, a year; the record's own for one that is not
 *     named
 */
public record SetVersion(String recipe, SortedMap<Underlying, BigDecimal> volAnnual) {

    private static final Pattern RECIPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");
    private static final Pattern VOL = Pattern.compile("[0-9](\\.[0-9]{1,4})?");
    private static final BigDecimal LEAST = new BigDecimal("0.05");
    private static final BigDecimal MOST = new BigDecimal("5");
    private static final int MOST_UNDERLYINGS = 16;

    /** Copies the volatilities. @throws IllegalArgumentException naming the value and the rule */
    public SetVersion {
        requireRecipe(recipe);
        volAnnual = Collections.unmodifiableSortedMap(new TreeMap<>(volAnnual));
        if (volAnnual.size() > MOST_UNDERLYINGS) {
            throw new IllegalArgumentException(
                    "underlyings=" + volAnnual.size() + " must be at most " + MOST_UNDERLYINGS);
        }
        volAnnual.forEach(
                (underlying, vol) -> {
                    if (vol.compareTo(LEAST) < 0 || vol.compareTo(MOST) > 0) {
                        throw new IllegalArgumentException(
                                "volatility of "
                                        + underlying
                                        + "="
                                        + vol
                                        + " must lie in "
                                        + LEAST
                                        + " to "
                                        + MOST);
                    }
                });
    }

    /**
     * Reads a name; each set has one only.
     *
     * @throws IllegalArgumentException naming what was given and how it must be written
     */
    public static SetVersion parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            return new SetVersion(text, new TreeMap<>());
        }
        SortedMap<Underlying, BigDecimal> vols = new TreeMap<>();
        for (String each : text.substring(at + 1).split(",", -1)) {
            String[] parts = each.split("=", -1);
            if (parts.length != 2 || !VOL.matcher(parts[1]).matches()) {
                throw unreadable(text);
            }
            vols.put(new Underlying(parts[0]), new BigDecimal(parts[1]));
        }
        SetVersion version = new SetVersion(text.substring(0, at), vols);
        if (!version.toString().equals(text)) {
            throw unreadable(text + " (" + version + "?)");
        }
        return version;
    }

    static void requireRecipe(String name) {
        if (!RECIPE.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "scenario set="
                            + name
                            + " must be 1 to 40 letters, digits, '.', '_' or '-', the first a letter or digit");
        }
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException(
                "scenario set="
                        + text
                        + " must read like standard-2@BTC=0.45,ETH=0.6: underlyings in order, volatility a year with at most four decimals and no zeros behind");
    }

    @Override
    public String toString() {
        List<String> vols = new ArrayList<>();
        volAnnual.forEach(
                (underlying, vol) ->
                        vols.add(underlying + "=" + vol.stripTrailingZeros().toPlainString()));
        return vols.isEmpty() ? recipe : recipe + "@" + String.join(",", vols);
    }
}

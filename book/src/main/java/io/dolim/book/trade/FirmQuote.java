package io.dolim.book.trade;

import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import io.dolim.quoting.quote.QuoteLines;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a quote promises, and to whom.
 *
 * @param quoteId unique within the boot
 * @param bootId of the engine's start that made it
 * @param lines the price, itemised
 * @param pricingView number of the pricing view it was computed on
 * @param marketView number of Capacity's market view in it
 * @param revision of the inventory in it
 */
public record FirmQuote(
        String quoteId,
        String bootId,
        AccountId account,
        OptionPackage legs,
        QuoteLines lines,
        long pricingView,
        long marketView,
        long revision) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,40}");
    private static final String VERSION = "1";
    private static final int FIELDS = 14;

    /** @throws IllegalArgumentException when an id is not 1 to 40 letters, digits, '_' or '-' */
    public FirmQuote {
        if (!ID.matcher(quoteId).matches() || !ID.matcher(bootId).matches()) {
            throw new IllegalArgumentException(
                    "quote and boot id must be 1 to 40 letters, digits, '_' or '-'");
        }
    }

    /** Whose Book fills it. */
    public Underlying underlying() {
        return legs.underlying();
    }

    /** What the taker pays in all. */
    public Usdc price() {
        return lines.total();
    }

    /** The one text of this quote, which is what the seal covers. */
    String canonical() {
        StringBuilder legsText = new StringBuilder();
        for (Leg leg : legs.legs()) {
            legsText.append(legsText.isEmpty() ? "" : ",")
                    .append(leg.contract().name())
                    .append('*')
                    .append(leg.lots());
        }
        return String.join(
                "|",
                VERSION,
                quoteId,
                bootId,
                account.text(),
                legsText,
                Long.toString(lines.mark().micros()),
                Long.toString(lines.spread().micros()),
                Long.toString(lines.hedgeCost().micros()),
                Long.toString(lines.capitalCharge().micros()),
                Long.toString(lines.fee().micros()),
                Long.toString(lines.tick().micros()),
                Long.toString(pricingView),
                Long.toString(marketView),
                Long.toString(revision));
    }

    /** @throws IllegalArgumentException unless the text is exactly what {@link #canonical} writes */
    static FirmQuote parse(String text) {
        String[] field = text.split("\\|", -1);
        if (field.length != FIELDS || !field[0].equals(VERSION)) {
            throw new IllegalArgumentException("quote text must have " + FIELDS + " fields");
        }
        FirmQuote quote =
                new FirmQuote(
                        field[1],
                        field[2],
                        new AccountId(field[3]),
                        parseLegs(field[4]),
                        new QuoteLines(
                                usdc(field[5]),
                                usdc(field[6]),
                                usdc(field[7]),
                                usdc(field[8]),
                                usdc(field[9]),
                                usdc(field[10])),
                        Long.parseLong(field[11]),
                        Long.parseLong(field[12]),
                        Long.parseLong(field[13]));
        if (!quote.canonical().equals(text)) {
            throw new IllegalArgumentException("quote text is not canonical");
        }
        return quote;
    }

    private static OptionPackage parseLegs(String text) {
        List<Leg> legs = new ArrayList<>();
        for (String leg : text.split(",", OptionPackage.MAX_LEGS + 1)) {
            int star = leg.indexOf('*');
            if (star < 0) {
                throw new IllegalArgumentException("leg must read NAME*LOTS");
            }
            legs.add(
                    new Leg(
                            OptionContract.parse(leg.substring(0, star)),
                            Long.parseLong(leg.substring(star + 1))));
        }
        return new OptionPackage(legs);
    }

    private static Usdc usdc(String micros) {
        return new Usdc(Long.parseLong(micros));
    }
}

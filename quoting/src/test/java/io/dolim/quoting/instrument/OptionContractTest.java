package io.dolim.quoting.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionContractTest {

    private static final DateTimeFormatter MONTH =
            new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern("MMM")
                    .toFormatter(Locale.ENGLISH);

    @Test
    void aNameIsReadAndWrittenAlike() {
        OptionContract contract = OptionContract.parse("ETH_USDC-25DEC26-4000-C");
        assertEquals(
                new OptionContract(
                        new Underlying("ETH"),
                        new Expiry(LocalDate.of(2026, 12, 25)),
                        new BigDecimal("4000"),
                        OptionType.CALL),
                contract);
        assertEquals("ETH_USDC-25DEC26-4000-C", contract.name());
        assertEquals(
                "XRP_USDC-5FEB26-0d45-P", OptionContract.parse("XRP_USDC-5FEB26-0d45-P").name());
    }

    @Test
    void equalStrikesAreEqualContracts() {
        assertEquals(
                OptionContract.parse("BTC_USDC-5FEB26-65000-C"),
                new OptionContract(
                        new Underlying("BTC"),
                        Expiry.parse("5FEB26"),
                        new BigDecimal("65000.000"),
                        OptionType.CALL));
    }

    /** The grammar in words of its own; what reads must be written in it, and what is written in it reads. */
    private static final Pattern GRAMMAR =
            Pattern.compile(
                    "([A-Z][A-Z0-9]{1,9})_USDC-([1-9]|[12][0-9]|3[01])"
                            + "(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)([0-9]{2})"
                            + "-(0|[1-9][0-9]{0,11})(d[0-9]{0,5}[1-9])?-[CP]");

    @Test
    void mutatedNamesReadWhereTheGrammarReadsThem() {
        SplittableRandom random = new SplittableRandom(20261130);
        String signs = "0123456789ABCFUSDPJNE_-d. \u0663";
        List<String> names =
                List.of(
                        "BTC_USDC-5FEB26-65000-C",
                        "XRP_USDC-25DEC26-0d45-P",
                        "A1_USDC-31JAN00-123456789012d123456-C");
        int read = 0;
        for (int n = 0; n < 50_000; n++) {
            StringBuilder name = new StringBuilder(names.get(n % names.size()));
            for (int edits = 1 + random.nextInt(2); edits > 0; edits--) {
                int at = random.nextInt(name.length());
                int sign = random.nextInt(signs.length());
                name.replace(
                        at,
                        at + random.nextInt(2),
                        signs.substring(sign, sign + random.nextInt(2)));
            }
            String text = name.toString();
            if (reads(text)) {
                read++;
            }
            assertEquals(isWritten(text), reads(text), text);
        }
        assertTrue(read > 1_000, "read=" + read);
    }

    private static boolean isWritten(String text) {
        Matcher parts = GRAMMAR.matcher(text);
        if (!parts.matches() || (parts.group(5).equals("0") && parts.group(6) == null)) {
            return false;
        }
        int month = Month.from(MONTH.parse(parts.group(3))).getValue();
        int most = YearMonth.of(2000 + Integer.parseInt(parts.group(4)), month).lengthOfMonth();
        return Integer.parseInt(parts.group(2)) <= most;
    }

    private static boolean reads(String text) {
        try {
            return OptionContract.parse(text).name().equals(text);
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "BTC-5FEB26-65000-C",
                "BTC_USDC-05FEB26-65000-C",
                "BTC_USDC-31FEB26-65000-C",
                "BTC_USDC-5FEB26-065000-C",
                "BTC_USDC-5FEB26-65000d0-C",
                "BTC_USDC-5FEB26-0-C",
                "BTC_USDC-5FEB26-65000-X",
                "BTC_USDC-5FEB26--65000-C",
                "btc_USDC-5FEB26-65000-C",
                "BTC_USDC-5FEB26-65000-C ",
                "BTC_USDC-PERPETUAL"
            })
    void anythingElseIsNoContract(String name) {
        assertThrows(IllegalArgumentException.class, () -> OptionContract.parse(name));
    }

    @Test
    void expiryIsAtEightUtc() {
        assertEquals(
                Instant.parse("2026-02-05T08:00:00Z").toEpochMilli(),
                Expiry.parse("5FEB26").epochMs());
        assertEquals(
                1.0,
                Expiry.parse("5FEB26")
                        .yearsFrom(Instant.parse("2025-02-05T08:00:00Z").toEpochMilli()));
    }

    @Test
    void aPayoffIsExactAndNeverNegative() {
        OptionContract call = OptionContract.parse("BTC_USDC-5FEB26-65000-C");
        OptionContract put = OptionContract.parse("BTC_USDC-5FEB26-65000-P");
        assertEquals(new BigDecimal("0.01"), call.payoff(new BigDecimal("65000.01")));
        assertEquals(BigDecimal.ZERO, put.payoff(new BigDecimal("65000.01")));
    }

    @Test
    void aPartOfALotOrMoreThanCanBeCountedIsRefused() {
        ContractSpec spec =
                new ContractSpec(
                        new Underlying("BTC"),
                        new BigDecimal("0.01"),
                        new BigDecimal("0.1"),
                        1,
                        10_000);
        assertEquals(123, spec.lots(new BigDecimal("1.230")));
        for (String bad : List.of("0.009", "1.2301", "1e30")) {
            assertThrows(IllegalArgumentException.class, () -> spec.lots(new BigDecimal(bad)), bad);
        }
    }
}

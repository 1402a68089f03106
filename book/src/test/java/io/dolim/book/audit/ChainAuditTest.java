package io.dolim.book.audit;

import static io.dolim.book.audit.Displays.BTC;
import static io.dolim.book.audit.Displays.FAR;
import static io.dolim.book.audit.Displays.MARKET;
import static io.dolim.book.audit.Displays.NEAR;
import static io.dolim.book.audit.Displays.call;
import static io.dolim.book.audit.Displays.clean;
import static io.dolim.book.audit.Displays.contracts;
import static io.dolim.book.audit.Displays.price;
import static io.dolim.book.audit.Displays.shown;
import static io.dolim.book.audit.Displays.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.OptionPackage;
import io.dolim.quoting.quote.PackageGreeks;
import io.dolim.quoting.quote.Quote;
import io.dolim.quoting.quote.QuoteLines;
import io.dolim.quoting.quote.QuoteRefusal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A display without fault, and one planted fault of each kind. */
class ChainAuditTest {

    private static final ContractSpec SPEC =
            new ContractSpec(BTC, new BigDecimal("1"), new BigDecimal("0.01"), 1, 1_000);
    private static final List<Shown> CLEAN = clean(OptionType.CALL, OptionType.PUT);
    private static final OptionContract SOME = call(NEAR, 1_100);

    @Test
    void aDisplayWithoutFaultIsCountedWhole() {
        assertEquals(
                new ChainAudit.Findings(
                        BTC,
                        MARKET.timeMs(),
                        20,
                        20,
                        0,
                        new TreeMap<>(),
                        40,
                        12,
                        new TreeMap<>(),
                        0,
                        List.of()),
                audit(CLEAN, contracts(CLEAN), ChainAuditTest::fair));
    }

    @Test
    void whatIsExpectedAndNotDisplayedIsAViolation() {
        SortedSet<OptionContract> more = contracts(CLEAN);
        more.add(call(FAR, 1_300));
        assertTold(
                "not displayed: BTC_USDC-27FEB26-1300-C", audit(CLEAN, more, ChainAuditTest::fair));
    }

    @Test
    void whatHasExpiredIsNotExpected() {
        SortedSet<OptionContract> more = contracts(CLEAN);
        more.add(call(io.dolim.quoting.instrument.Expiry.parse("1FEB26"), 1_000));
        assertEquals(0, audit(CLEAN, more, ChainAuditTest::fair).violations());
    }

    @Test
    void noAskAndNoReasonIsAViolation() {
        assertTold(
                "neither ask nor reason: BTC_USDC-10FEB26-1100-C",
                audit(withSome(Optional.empty())));
    }

    @Test
    void aReasonThatSaysNothingIsAViolation() {
        assertTold(
                "refused without a reason: BTC_USDC-10FEB26-1100-C",
                audit(withSome(Optional.of(""))));
    }

    @Test
    void aRefusalWithAReasonIsCounted() {
        ChainAudit.Findings findings = audit(withSome(Optional.of("expiry_closing")));
        assertEquals(0, findings.violations(), findings.told().toString());
        assertEquals(new TreeMap<>(Map.of("expiry_closing", 1)), findings.refusals());
        assertEquals(19, findings.twoSided());
    }

    @Test
    void anOptionWorthTooLittleForABidIsAskOnly() {
        OptionContract far = call(NEAR, 1_200);
        ChainAudit.Findings findings = audit(with(CLEAN, shown(far, 0, price(far) + 0.5)));
        assertEquals(0, findings.violations(), findings.told().toString());
        assertEquals(1, findings.askOnly());
        assertEquals(new TreeMap<>(Map.of("under_one_tick", 1)), findings.withoutBid());
    }

    @Test
    void noBidAndNoReasonIsAViolation() {
        Shown clean = CLEAN.stream().filter(one -> one.contract().equals(SOME)).findFirst().get();
        Shown silent =
                new Shown(
                        SOME,
                        Optional.empty(),
                        clean.askUsdc(),
                        Optional.empty(),
                        Optional.empty());
        assertTold("neither bid nor reason: BTC_USDC-10FEB26-1100-C", audit(with(CLEAN, silent)));
    }

    @Test
    void aFirmQuoteThatPaysAgainstTheDisplayIsAViolation() {
        OptionContract dear = new Unlisted(BTC, contracts(CLEAN)).strikes().getFirst();
        assertTold(
                "butterfly",
                audit(
                        CLEAN,
                        contracts(CLEAN),
                        asked ->
                                asked.legs().getFirst().contract().equals(dear)
                                        ? quoted(asked, price(dear) + 9.0, price(dear) + 8.0)
                                        : fair(asked)));
    }

    @Test
    void firmQuotesThatPayAgainstEachOtherAreAViolation() {
        List<OptionContract> days = new Unlisted(BTC, contracts(CLEAN)).expiries(1_000);
        OptionContract first = days.getFirst();
        assertTold(
                "calendar",
                audit(
                        CLEAN,
                        contracts(CLEAN),
                        asked -> {
                            OptionContract one = asked.legs().getFirst().contract();
                            return one.strike().compareTo(first.strike()) == 0
                                            && one.expiry().compareTo(first.expiry()) > 0
                                    ? quoted(asked, price(first) - 0.5, price(first) - 0.6)
                                    : fair(asked);
                        }));
    }

    @Test
    void aFirmAskIsSearchedThoughItsBidIsRefused() {
        List<OptionContract> days = new Unlisted(BTC, contracts(CLEAN)).expiries(1_000);
        OptionContract first = days.getFirst();
        ChainAudit.Findings findings =
                audit(
                        CLEAN,
                        contracts(CLEAN),
                        asked -> {
                            OptionContract one = asked.legs().getFirst().contract();
                            boolean later =
                                    one.strike().compareTo(first.strike()) == 0
                                            && one.expiry().compareTo(first.expiry()) > 0;
                            if (!later) {
                                return fair(asked);
                            }
                            return asked.legs().getFirst().lots() > 0
                                    ? quoted(asked, price(first) - 0.5, 0)
                                    : refused(asked, "costs_exceed_value");
                        });
        assertTold("calendar", findings);
        assertTrue(findings.refusals().containsKey("no_capacity: costs_exceed_value"));
    }

    @Test
    void aBidAboveItsAskIsAViolation() {
        List<Shown> crossed = with(CLEAN, shown(SOME, price(SOME) + 0.2, price(SOME) - 0.2));
        assertTold("above ask", audit(crossed));
    }

    @Test
    void aDisplayThatPaysIsAViolation() {
        OptionContract mid = call(FAR, 1_000);
        double dear = (price(call(FAR, 900)) + price(call(FAR, 1_100))) / 2 + 0.6;
        assertTold("butterfly", audit(with(CLEAN, shown(mid, dear, dear + 1))));
    }

    @Test
    void aFirmBidAboveTheFirmAskIsAViolation() {
        assertTold(
                "firm bid 11.000000 above ask 10.000000",
                audit(CLEAN, contracts(CLEAN), asked -> quoted(asked, 10, 11)));
    }

    @Test
    void aFirmAskForNothingIsAViolation() {
        assertTold(
                "firm ask 0.000000 for nothing",
                audit(CLEAN, contracts(CLEAN), asked -> quoted(asked, 0, 0)));
    }

    @Test
    void aFirmRefusalIsCountedByReasonAndRule() {
        ChainAudit.Findings findings =
                audit(CLEAN, contracts(CLEAN), asked -> refused(asked, "rac_below_floor"));
        assertEquals(0, findings.violations(), findings.told().toString());
        assertEquals(
                new TreeMap<>(Map.of("no_capacity: rac_below_floor", 52)), findings.refusals());
        assertEquals(0, findings.firmStrikes());
    }

    @Test
    void whatIsAskedForIsInNoChain() {
        SortedSet<OptionContract> listed = contracts(CLEAN);
        Unlisted unlisted = new Unlisted(BTC, listed);
        TreeSet<BigDecimal> strikes = new TreeSet<>();
        TreeSet<OptionContract> asked = new TreeSet<>(unlisted.strikes());
        asked.forEach(
                one -> strikes.add(one.strike().add(BigDecimal.valueOf(one.expiry().epochMs()))));
        assertEquals(Unlisted.STRIKES, strikes.size());
        TreeSet<io.dolim.quoting.instrument.Expiry> days = new TreeSet<>();
        unlisted.expiries(1_000).forEach(one -> days.add(one.expiry()));
        assertEquals(Unlisted.EXPIRIES, days.size());
        assertTrue(days.first().compareTo(NEAR) > 0 && days.last().compareTo(FAR) < 0);
        asked.retainAll(listed);
        assertEquals(new TreeSet<>(), asked);
    }

    private static List<Shown> withSome(Optional<String> refusal) {
        return with(
                CLEAN,
                new Shown(SOME, Optional.empty(), Optional.empty(), refusal, Optional.empty()));
    }

    private static ChainAudit.Findings audit(List<Shown> shown) {
        return audit(shown, contracts(shown), ChainAuditTest::fair);
    }

    private static ChainAudit.Findings audit(
            List<Shown> shown,
            SortedSet<OptionContract> expected,
            Function<OptionPackage, Quote> firm) {
        return ChainAudit.of(MARKET, SPEC, expected, shown, firm);
    }

    private static Quote fair(OptionPackage asked) {
        double price = price(asked.legs().getFirst().contract());
        return quoted(asked, price + 0.01, price - 0.01);
    }

    private static Quote quoted(OptionPackage asked, double ask, double bid) {
        boolean isBuy = asked.legs().getFirst().lots() > 0;
        Usdc price =
                Usdc.of(
                        BigDecimal.valueOf(isBuy ? ask : -Math.max(0.0, bid))
                                .setScale(6, RoundingMode.CEILING));
        return new Quote.Quoted(
                asked,
                new QuoteLines(price, Usdc.ZERO, Usdc.ZERO, Usdc.ZERO, Usdc.ZERO, Usdc.ZERO),
                PackageGreeks.ZERO,
                false);
    }

    private static Quote refused(OptionPackage asked, String rule) {
        return new Quote.Refused(asked, QuoteRefusal.NO_CAPACITY, rule, new TreeMap<>());
    }

    private static void assertTold(String part, ChainAudit.Findings findings) {
        assertTrue(findings.violations() > 0);
        assertTrue(
                findings.told().stream().anyMatch(told -> told.contains(part)),
                findings.told().toString());
    }
}

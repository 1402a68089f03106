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
                        BTC, MARKET.timeMs(), 20, 20, 0, 40, 12, new TreeMap<>(), 0, List.of()),
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
        return with(CLEAN, new Shown(SOME, Optional.empty(), Optional.empty(), refusal));
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
        return quoted(asked, 11, 10);
    }

    private static Quote quoted(OptionPackage asked, long ask, long bid) {
        boolean isBuy = asked.legs().getFirst().lots() > 0;
        Usdc price = isBuy ? Usdc.ofWhole(ask) : Usdc.ofWhole(-bid);
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

package io.dolim.quoting.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionContractTest {

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

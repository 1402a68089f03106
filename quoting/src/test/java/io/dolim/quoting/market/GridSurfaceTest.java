package io.dolim.quoting.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dolim.quoting.instrument.DayCount;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.surface.Knot;
import io.dolim.quoting.surface.RawSvi;
import io.dolim.quoting.surface.RoundedSurface;
import io.dolim.quoting.surface.SviSlice;
import io.dolim.quoting.surface.SviSmile;
import io.dolim.quoting.surface.VolSurface;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The forms in which a rounded surface and its ticks are stored. */
class GridSurfaceTest {

    private static final long FIT_MS = 1_770_000_000_000L;
    private static final long DAY_MS = 86_400_000L;
    private static final SviSmile NEAR =
            new SviSmile(new RawSvi(0.004, 0.03, -0.2, 0.01, 0.08), List.of());
    private static final SviSmile FAR =
            new SviSmile(
                    new RawSvi(0.02, 0.06, -0.1, 0.02, 0.2),
                    List.of(
                            new Knot(-0.5, 0.0, 0.0),
                            new Knot(0.0, 1e-4, 2e-4),
                            new Knot(0.5, 0.0, 0.0)));
    private static final SviSmile ELSEWHERE =
            new SviSmile(new RawSvi(0.005, 0.02, 0.1, 0.0, 0.1), List.of());

    private static final VolSurface ROUNDED =
            RoundedSurface.of(
                    new VolSurface(
                            FIT_MS,
                            List.of(
                                    slice(7, 60_100.123, NEAR, List.of()),
                                    slice(50, 60_600.456, FAR, List.of(NEAR, ELSEWHERE))),
                            List.of(0.25)));
    private static final MarketSnapshot SNAPSHOT =
            new MarketSnapshot(
                    new Underlying("BTC"),
                    FIT_MS + 7,
                    60_000.5,
                    ROUNDED,
                    59_990.25,
                    new Uncertainty(1e-5, 1.0));

    @Test
    void aRoundedSnapshotIsItsTwoPartsToTheBit() throws Exception {
        MarketParts.Part surface = MarketParts.surface(ROUNDED);
        MarketParts.Part market = MarketParts.market(SNAPSHOT, sha(surface.bytes()));
        assertEquals("surface.3", surface.kind());
        assertEquals("market.4", market.kind());
        assertEquals(sha(surface.bytes()), MarketParts.surfaceHash(market.bytes()));
        assertEquals(SNAPSHOT, MarketParts.decode(market.bytes(), surface.bytes()));
    }

    @Test
    void theStoredFormsDoNotChange() throws Exception {
        byte[] surface = MarketParts.surface(ROUNDED).bytes();
        assertEquals(
                "229b0cf7cb956f42592415fe9ca24b0c04fd988c2fb3a1761c24b9d9d961d22a", sha(surface));
        assertEquals(
                "bf85702898f918bf9f457a88f6a4e677d4b93c0621946728d1fd2af42af90e19",
                sha(MarketParts.market(SNAPSHOT, sha(surface)).bytes()));
    }

    @Test
    void chainsWithOtherForwardsShareTheSurface() {
        VolSurface moved = ROUNDED.onForwards(List.of(60_200.5, 60_700.25));
        byte[] surface = MarketParts.surface(ROUNDED).bytes();
        assertEquals(
                HexFormat.of().formatHex(surface),
                HexFormat.of().formatHex(MarketParts.surface(moved).bytes()));
        MarketSnapshot later =
                new MarketSnapshot(
                        SNAPSHOT.underlying(), FIT_MS, 6e4, moved, 6e4, Uncertainty.NONE);
        byte[] market = MarketParts.market(later, "ab".repeat(32)).bytes();
        assertEquals(later, MarketParts.decode(market, surface));
    }

    @Test
    void expectedFundingStandsWithTheMarket() {
        MarketSnapshot funded =
                new MarketSnapshot(
                        SNAPSHOT.underlying(),
                        FIT_MS,
                        6e4,
                        ROUNDED,
                        6e4,
                        Uncertainty.NONE,
                        OptionalDouble.of(0.82125));
        byte[] market = MarketParts.market(funded, "ab".repeat(32)).bytes();
        assertEquals(funded, MarketParts.decode(market, MarketParts.surface(ROUNDED).bytes()));
    }

    @Test
    void forwardsThatNoStepTellsTogetherHaveTheEarlierForm() {
        VolSurface odd = ROUNDED.onForwards(List.of(1e-9 / 3, 6e4 / 7));
        MarketParts.Part surface = MarketParts.surface(odd);
        assertEquals("surface.2", surface.kind());
        assertEquals(odd, MarketParts.surface(surface.bytes()));
    }

    @Test
    void partsThatEndEarlyOrLateAreRefused() {
        byte[] surface = MarketParts.surface(ROUNDED).bytes();
        byte[] market = MarketParts.market(SNAPSHOT, "ab".repeat(32)).bytes();
        for (int length = 1; length < surface.length; length++) {
            byte[] cut = Arrays.copyOf(surface, length);
            assertThrows(IllegalArgumentException.class, () -> MarketParts.surface(cut));
        }
        for (int length = 1; length < market.length; length++) {
            byte[] cut = Arrays.copyOf(market, length);
            assertThrows(IllegalArgumentException.class, () -> MarketParts.decode(cut, surface));
        }
        byte[] longer = Arrays.copyOf(surface, surface.length + 1);
        assertThrows(IllegalArgumentException.class, () -> MarketParts.surface(longer));
        byte[] longerMarket = Arrays.copyOf(market, market.length + 1);
        assertThrows(
                IllegalArgumentException.class, () -> MarketParts.decode(longerMarket, surface));
    }

    private static String sha(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static SviSlice slice(int days, double forward, SviSmile smile, List<SviSmile> floors) {
        long expiryMs = FIT_MS + days * DAY_MS;
        return new SviSlice(
                expiryMs,
                DayCount.years(FIT_MS, expiryMs),
                forward,
                1.0,
                smile,
                floors,
                0.0123456789);
    }
}

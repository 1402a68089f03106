package io.dolim.quoting.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dolim.quoting.instrument.DayCount;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.surface.Knot;
import io.dolim.quoting.surface.RawSvi;
import io.dolim.quoting.surface.SviSlice;
import io.dolim.quoting.surface.SviSmile;
import io.dolim.quoting.surface.VolSurface;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarketSnapshotTest {

    private static final long FIT_MS = Expiry.parse("5FEB26").epochMs();
    private static final Expiry NEAR = Expiry.parse("12FEB26");
    private static final Expiry FAR = Expiry.parse("27MAR26");
    private static final SviSmile SMILE =
            new SviSmile(new RawSvi(0.004, 0.03, -0.2, 0.01, 0.08), List.of());
    private static final VolSurface SURFACE =
            new VolSurface(
                    FIT_MS,
                    List.of(
                            slice(NEAR, 60_100.0, SMILE, List.of()),
                            slice(
                                    FAR,
                                    60_600.0,
                                    new SviSmile(
                                            new RawSvi(0.02, 0.06, -0.1, 0.02, 0.2),
                                            List.of(
                                                    new Knot(-0.5, 0.0, 0.0),
                                                    new Knot(0.0, 1e-4, 2e-4),
                                                    new Knot(0.5, 0.0, 0.0))),
                                    List.of(SMILE))));

    @Test
    void forwardsMoveWithSpotAndVolatilityStaysAtEqualMoneyness() {
        MarketSnapshot later = snapshot(FIT_MS + 3_600_000L, 61_200.0);
        assertEquals(60_100.0 * 1.02, later.forwardUsdc(NEAR), 1e-9);
        assertEquals(60_600.0 * 1.02, later.forwardUsdc(FAR), 1e-9);
        assertEquals(
                snapshot(FIT_MS, 60_000.0).volAnnual(NEAR, 0.1), later.volAnnual(NEAR, 0.1), 0.0);
        assertEquals(0.02, later.uncertaintyVol(NEAR), 0.0);
    }

    @Test
    void aSnapshotIsItsBytes() {
        MarketSnapshot snapshot = snapshot(FIT_MS + 7, 60_000.123456789);
        byte[] bytes = MarketSnapshotBytes.encode(snapshot);
        assertEquals(snapshot, MarketSnapshotBytes.decode(bytes));
        assertEquals(
                MarketSnapshotBytes.hash(snapshot),
                MarketSnapshotBytes.hash(MarketSnapshotBytes.decode(bytes)));
        assertNotEquals(
                MarketSnapshotBytes.hash(snapshot),
                MarketSnapshotBytes.hash(snapshot(FIT_MS + 8, 60_000.123456789)));
    }

    @Test
    void theStoredFormDoesNotChange() {
        assertEquals(
                "23c7a46e1cb1fcad755199bbf614799cd832202893b3b0608c979bf6a8605fce",
                MarketSnapshotBytes.hash(snapshot(FIT_MS + 7, 60_000.5)));
    }

    @Test
    void aSnapshotIsItsTwoPartsAndTicksShareTheSurface() {
        MarketSnapshot snapshot = snapshot(FIT_MS + 7, 60_000.123456789);
        byte[] surface = MarketParts.surface(SURFACE).bytes();
        String hash = "ab".repeat(32);
        byte[] market = MarketParts.market(snapshot, hash).bytes();
        assertEquals(hash, MarketParts.surfaceHash(market));
        assertEquals(snapshot, MarketParts.decode(market, surface));
        assertEquals(
                MarketSnapshotBytes.hash(snapshot),
                MarketSnapshotBytes.hash(MarketParts.decode(market, surface)));
    }

    @Test
    void aBlendedSurfaceHasAFormOfItsOwn() throws Exception {
        VolSurface blended = new VolSurface(FIT_MS, SURFACE.slices(), List.of(0.25));
        byte[] bytes = MarketParts.surface(blended).bytes();
        assertEquals("surface.1", MarketParts.surface(SURFACE).kind());
        assertEquals("surface.2", MarketParts.surface(blended).kind());
        assertEquals(blended, MarketParts.surface(bytes));
        assertNotEquals(SURFACE, blended);
        java.security.MessageDigest sha = java.security.MessageDigest.getInstance("SHA-256");
        assertEquals(
                "20aaaa0885c73e18468326679ec2997ecc119f03dfda3dc9ec43e42ecb8e9c73",
                java.util.HexFormat.of().formatHex(sha.digest(bytes)));
        byte[] linear = Arrays.copyOf(MarketParts.surface(SURFACE).bytes(), bytes.length);
        assertThrows(IllegalArgumentException.class, () -> MarketParts.surface(linear));
        MarketSnapshot snapshot =
                new MarketSnapshot(
                        new Underlying("BTC"), FIT_MS, 6e4, blended, 6e4, Uncertainty.NONE);
        assertThrows(IllegalArgumentException.class, () -> MarketSnapshotBytes.encode(snapshot));
    }

    @Test
    void theStoredFormOfPartsDoesNotChange() throws Exception {
        java.security.MessageDigest sha = java.security.MessageDigest.getInstance("SHA-256");
        String surface =
                java.util.HexFormat.of()
                        .formatHex(sha.digest(MarketParts.surface(SURFACE).bytes()));
        assertEquals("31419c8e0aa14c04e69337dedfe99c718a4b0ddb8388c8c4e545b71931ba73c3", surface);
        assertEquals(
                "2814f64f68e497d4d8cc6e871e16a43aa5280a77101157356b58efeb265f1386",
                java.util.HexFormat.of()
                        .formatHex(
                                sha.digest(
                                        MarketParts.market(snapshot(FIT_MS + 7, 60_000.5), surface)
                                                .bytes())));
    }

    @Test
    void aMarketWhoseFundingIsExpectedHasAFormOfItsOwn() throws Exception {
        MarketSnapshot plain = snapshot(FIT_MS + 7, 60_000.5);
        MarketSnapshot funded = funded(0.82125);
        java.security.MessageDigest sha = java.security.MessageDigest.getInstance("SHA-256");
        byte[] surface = MarketParts.surface(SURFACE).bytes();
        String hash = java.util.HexFormat.of().formatHex(sha.digest(surface));
        byte[] market = MarketParts.market(funded, hash).bytes();
        assertEquals("market.2", MarketParts.market(plain, hash).kind());
        assertEquals("market.3", MarketParts.market(funded, hash).kind());
        assertEquals(funded, MarketParts.decode(market, surface));
        assertNotEquals(plain, funded);
        assertEquals(hash, MarketParts.surfaceHash(market));
        assertEquals(
                "2b00fce5e1a8b8081dcc6577b92d92a873b86edeed01881993cb78d6f0a981eb",
                java.util.HexFormat.of().formatHex(sha.digest(market)));
        // nothing expected is another thing than an expected nothing
        assertEquals("market.3", MarketParts.market(funded(0.0), hash).kind());
        assertThrows(IllegalArgumentException.class, () -> MarketSnapshotBytes.encode(funded));
        assertThrows(IllegalArgumentException.class, () -> funded(Double.NaN));
    }

    private static MarketSnapshot funded(double annual) {
        return new MarketSnapshot(
                new Underlying("BTC"),
                FIT_MS + 7,
                60_000.5,
                SURFACE,
                60_000.0,
                new Uncertainty(0.0001, 1.5),
                java.util.OptionalDouble.of(annual));
    }

    @Test
    void partsThatEndEarlyOrLateAreRefused() {
        byte[] surface = MarketParts.surface(SURFACE).bytes();
        byte[] market = MarketParts.market(snapshot(FIT_MS, 60_000.0), "ab".repeat(32)).bytes();
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
    }

    @Test
    void bytesThatEndEarlyOrLateAreRefused() {
        byte[] bytes = MarketSnapshotBytes.encode(snapshot(FIT_MS, 60_000.0));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(IllegalArgumentException.class, () -> MarketSnapshotBytes.decode(cut));
        }
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThrows(IllegalArgumentException.class, () -> MarketSnapshotBytes.decode(longer));
    }

    @Test
    void aMarketBeforeItsFitOrWithoutPriceIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> snapshot(FIT_MS - 1, 60_000.0));
        assertThrows(IllegalArgumentException.class, () -> snapshot(FIT_MS, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new Uncertainty(Double.NaN, 1.0));
        assertThrows(IllegalArgumentException.class, () -> new Uncertainty(0.0, 0.5));
    }

    private static MarketSnapshot snapshot(long timeMs, double spot) {
        return new MarketSnapshot(
                new Underlying("BTC"),
                timeMs,
                spot,
                SURFACE,
                60_000.0,
                new Uncertainty(0.0001, 1.5));
    }

    private static SviSlice slice(
            Expiry expiry, double forward, SviSmile smile, List<SviSmile> floors) {
        return new SviSlice(
                expiry.epochMs(),
                DayCount.years(FIT_MS, expiry.epochMs()),
                forward,
                0.999,
                smile,
                floors,
                0.02);
    }
}

package io.dolim.quoting.market;

import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.surface.Knot;
import io.dolim.quoting.surface.RawSvi;
import io.dolim.quoting.surface.SviSlice;
import io.dolim.quoting.surface.SviSmile;
import io.dolim.quoting.surface.VolSurface;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The stored form of a {@link MarketSnapshot}, {@code market.1}: one encoding per snapshot, big
 * endian, doubles by their bits.
 *
 * <pre>
 *   snapshot = u8 code length, code in ASCII, i64 timeMs, f64 spot, f64 spot at fit,
 *              f64 spot uncertainty, f64 spread factor, i64 fixedAtMs, u16 slices, each slice
 *   slice    = i64 expiryMs, f64 years, f64 forward, f64 discount, f64 uncertainty,
 *              smile, u16 floors, each smile
 *   smile    = f64 a, b, rho, m, sigma, u16 knots, each f64 k, value, curvature
 * </pre>
 */
public final class MarketSnapshotBytes {

    /** Name of the format, as journals carry it. */
    public static final String KIND = "market.1";

    private static final int HEAD = 1 + 5 * 8 + 8 + 2;
    private static final int SLICE = 5 * 8 + 2;
    private static final int SMILE = 5 * 8 + 2;
    private static final int KNOT = 3 * 8;

    private MarketSnapshotBytes() {}

    /**
     * The canonical bytes.
     *
     * @throws IllegalArgumentException when the surface blends prices between slices, or funding is
     *     expected: only {@link MarketParts} can say so
     */
    public static byte[] encode(MarketSnapshot snapshot) {
        if (snapshot.fundingAnnual().isPresent()) {
            throw new IllegalArgumentException(
                    "fundingAnnual=" + snapshot.fundingAnnual() + " has no place in " + KIND);
        }
        if (snapshot.surface().blends().stream().anyMatch(blend -> blend != 0.0)) {
            throw new IllegalArgumentException(
                    "blends=" + snapshot.surface().blends() + " have no place in " + KIND);
        }
        byte[] code = snapshot.underlying().code().getBytes(StandardCharsets.US_ASCII);
        int size = HEAD + code.length;
        for (SviSlice slice : snapshot.surface().slices()) {
            size += SLICE + size(slice.smile());
            size += slice.floors().stream().mapToInt(MarketSnapshotBytes::size).sum();
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.put((byte) code.length).put(code).putLong(snapshot.timeMs());
        out.putDouble(snapshot.spotUsdc()).putDouble(snapshot.spotAtFitUsdc());
        out.putDouble(snapshot.uncertainty().spotRelative());
        out.putDouble(snapshot.uncertainty().spreadFactor());
        out.putLong(snapshot.surface().fixedAtMs());
        out.putShort(u16("slices", snapshot.surface().slices().size()));
        snapshot.surface().slices().forEach(slice -> put(out, slice));
        return out.array();
    }

    /** @throws IllegalArgumentException when the bytes are not a canonical encoding */
    public static MarketSnapshot decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            byte[] code = new byte[in.get() & 0xff];
            in.get(code);
            Underlying underlying = new Underlying(new String(code, StandardCharsets.US_ASCII));
            long timeMs = in.getLong();
            double spot = in.getDouble();
            double spotAtFit = in.getDouble();
            Uncertainty uncertainty = new Uncertainty(in.getDouble(), in.getDouble());
            long fixedAtMs = in.getLong();
            int count = in.getShort() & 0xffff;
            List<SviSlice> slices = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                slices.add(slice(in));
            }
            if (in.hasRemaining()) {
                throw new IllegalArgumentException("bytes behind the end=" + in.remaining());
            }
            return new MarketSnapshot(
                    underlying,
                    timeMs,
                    spot,
                    new VolSurface(fixedAtMs, slices),
                    spotAtFit,
                    uncertainty);
        } catch (BufferUnderflowException tooShort) {
            throw new IllegalArgumentException("bytes=" + bytes.length + " end early", tooShort);
        }
    }

    /** SHA-256 of the canonical bytes, hexadecimal. */
    public static String hash(MarketSnapshot snapshot) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(encode(snapshot));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException("SHA-256 is missing", everyJvmHasIt);
        }
    }

    static int size(SviSmile smile) {
        return SMILE + KNOT * smile.correction().size();
    }

    private static void put(ByteBuffer out, SviSlice slice) {
        out.putLong(slice.expiryMs()).putDouble(slice.yearsToExpiry());
        out.putDouble(slice.forward()).putDouble(slice.discount());
        out.putDouble(slice.uncertaintyVol());
        put(out, slice.smile());
        out.putShort(u16("floors", slice.floors().size()));
        slice.floors().forEach(floor -> put(out, floor));
    }

    static void put(ByteBuffer out, SviSmile smile) {
        RawSvi svi = smile.svi();
        out.putDouble(svi.a()).putDouble(svi.b()).putDouble(svi.rho());
        out.putDouble(svi.m()).putDouble(svi.sigma());
        out.putShort(u16("knots", smile.correction().size()));
        for (Knot knot : smile.correction()) {
            out.putDouble(knot.k()).putDouble(knot.value()).putDouble(knot.curvature());
        }
    }

    private static SviSlice slice(ByteBuffer in) {
        long expiryMs = in.getLong();
        double years = in.getDouble();
        double forward = in.getDouble();
        double discount = in.getDouble();
        double uncertainty = in.getDouble();
        SviSmile smile = smile(in);
        int count = in.getShort() & 0xffff;
        List<SviSmile> floors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            floors.add(smile(in));
        }
        return new SviSlice(expiryMs, years, forward, discount, smile, floors, uncertainty);
    }

    static SviSmile smile(ByteBuffer in) {
        RawSvi svi =
                new RawSvi(
                        in.getDouble(),
                        in.getDouble(),
                        in.getDouble(),
                        in.getDouble(),
                        in.getDouble());
        int count = in.getShort() & 0xffff;
        List<Knot> knots = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            knots.add(new Knot(in.getDouble(), in.getDouble(), in.getDouble()));
        }
        return new SviSmile(svi, knots);
    }

    static short u16(String name, int count) {
        if (count > 0xffff) {
            throw new IllegalArgumentException(name + "=" + count + " must be at most 65535");
        }
        return (short) count;
    }
}

package io.dolim.quoting.market;

import io.dolim.quoting.instrument.DayCount;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.surface.SviSlice;
import io.dolim.quoting.surface.SviSmile;
import io.dolim.quoting.surface.VolSurface;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The stored form of a {@link MarketSnapshot} in two parts, so that the ticks between two fits share
 * the surface: a market names its surface by hash. One encoding per snapshot, big endian, doubles by
 * their bits; v as in {@link GridSurfaceBytes}.
 *
 * <pre>
 *   market.2  = u8 code length, code in ASCII, i64 timeMs, f64 spot, f64 spot at fit,
 *               f64 spot uncertainty, f64 spread factor, 32 bytes SHA-256 of the surface
 *   market.3  = market.2 with f64 expected funding a year before the hash; used when it is known
 *   market.4  = u8 255, v scale, v forwards, each v forward less the one before, market.2 or market.3; a
 *               forward in 2^-scale, the largest step that all are whole numbers of
 *   surface.1 = i64 fixedAtMs, u16 slices, each slice
 *   surface.2 = surface.1, f64 blend of each slice but the last; used when one of them is not zero
 *   slice     = i64 expiryMs, f64 forward, f64 discount, f64 uncertainty, smile, u8 floors, each floor
 *   floor     = u8 number of the earlier slice whose smile it is, or 255 and a smile
 *   smile     = as in {@code market.1}
 * </pre>
 *
 * {@code market.4} goes with {@code surface.3} of {@link GridSurfaceBytes}, where no forwards are: what
 * is fitted is rounded and has this form. The earlier markets go with the other two.
 */
public final class MarketParts {

    private static final String MARKET = "market.2";
    private static final String FUNDED_MARKET = "market.3";
    private static final String GRID_MARKET = "market.4";

    private static final String LINEAR_SURFACE = "surface.1";
    private static final String BLENDED_SURFACE = "surface.2";

    private static final int HASH_BYTES = 32;
    private static final int HEAD = 1 + 5 * 8 + HASH_BYTES;
    private static final int FUNDING = 8;
    private static final int SLICE = 4 * 8 + 1;
    private static final int INLINE = 255;
    private static final int MARK = 255;

    private MarketParts() {}

    /**
     * What ticks.
     *
     * @param surfaceHash of the surface's bytes, hexadecimal
     */
    public static Part market(MarketSnapshot snapshot, String surfaceHash) {
        byte[] ticking = ticking(snapshot, surfaceHash);
        Optional<byte[]> forwards = gridForwards(snapshot.surface());
        if (forwards.isEmpty()) {
            return new Part(snapshot.fundingAnnual().isPresent() ? FUNDED_MARKET : MARKET, ticking);
        }
        return new Part(
                GRID_MARKET,
                ByteBuffer.allocate(1 + forwards.get().length + ticking.length)
                        .put((byte) MARK)
                        .put(forwards.get())
                        .put(ticking)
                        .array());
    }

    /** The forwards of a surface that is told in steps; empty when it is not. */
    private static Optional<byte[]> gridForwards(VolSurface surface) {
        return GridSurfaceBytes.isTold(surface)
                ? ForwardBytes.encode(surface.slices())
                : Optional.empty();
    }

    /** Bytes and the format that they have. A class and not a record, because of the array. */
    public static final class Part {

        private final String kind;
        private final byte[] bytes;

        Part(String kind, byte[] bytes) {
            this.kind = kind;
            this.bytes = bytes;
        }

        /** Name of the format. */
        public String kind() {
            return kind;
        }

        /** The canonical bytes; a copy. */
        public byte[] bytes() {
            return bytes.clone();
        }
    }

    private static byte[] ticking(MarketSnapshot snapshot, String surfaceHash) {
        byte[] code = snapshot.underlying().code().getBytes(StandardCharsets.US_ASCII);
        byte[] hash = HexFormat.of().parseHex(surfaceHash);
        if (hash.length != HASH_BYTES) {
            throw new IllegalArgumentException("surfaceHash=" + surfaceHash + " is no SHA-256");
        }
        int funding = snapshot.fundingAnnual().isPresent() ? FUNDING : 0;
        ByteBuffer out = ByteBuffer.allocate(HEAD + code.length + funding);
        out.put((byte) code.length).put(code).putLong(snapshot.timeMs());
        out.putDouble(snapshot.spotUsdc()).putDouble(snapshot.spotAtFitUsdc());
        out.putDouble(snapshot.uncertainty().spotRelative());
        out.putDouble(snapshot.uncertainty().spreadFactor());
        snapshot.fundingAnnual().ifPresent(out::putDouble);
        return out.put(hash).array();
    }

    /** The hash of the surface that a market names. */
    public static String surfaceHash(byte[] market) {
        if (market.length <= HEAD) {
            throw new IllegalArgumentException("bytes=" + market.length + " end early");
        }
        return HexFormat.of().formatHex(market, market.length - HASH_BYTES, market.length);
    }

    /** Both parts together. @throws IllegalArgumentException when either is not canonical */
    public static MarketSnapshot decode(byte[] market, byte[] surface) {
        if (hasForwards(market) != GridSurfaceBytes.isIn(surface)) {
            throw new IllegalArgumentException("a market and a surface of different forms");
        }
        return decode(market, surface(surface));
    }

    /**
     * What ticks, together with a surface that is read already.
     *
     * @throws IllegalArgumentException when it is not canonical
     */
    public static MarketSnapshot decode(byte[] market, VolSurface surface) {
        try {
            ByteBuffer in = ByteBuffer.wrap(market);
            if (!hasForwards(market)) {
                return ticking(in, surface);
            }
            in.get();
            return ticking(in, surface.onForwards(ForwardBytes.decode(in)));
        } catch (BufferUnderflowException tooShort) {
            throw new IllegalArgumentException("bytes=" + market.length + " end early", tooShort);
        }
    }

    private static boolean hasForwards(byte[] market) {
        return market.length > 0 && (market[0] & 0xff) == MARK;
    }

    private static MarketSnapshot ticking(ByteBuffer in, VolSurface surface) {
        int length = in.get() & 0xff;
        int rest = in.remaining() + 1 - HEAD - length;
        if (rest != 0 && rest != FUNDING) {
            throw new IllegalArgumentException("bytes=" + in.remaining() + " are no market");
        }
        byte[] code = new byte[length];
        in.get(code);
        long timeMs = in.getLong();
        double spot = in.getDouble();
        double spotAtFit = in.getDouble();
        Uncertainty uncertainty = new Uncertainty(in.getDouble(), in.getDouble());
        OptionalDouble funding =
                rest == FUNDING ? OptionalDouble.of(in.getDouble()) : OptionalDouble.empty();
        return new MarketSnapshot(
                new Underlying(new String(code, StandardCharsets.US_ASCII)),
                timeMs,
                spot,
                surface,
                spotAtFit,
                uncertainty,
                funding);
    }

    private static boolean isLinear(VolSurface surface) {
        return surface.blends().stream().allMatch(blend -> blend == 0.0);
    }

    /** What stands between two fits; without forwards in {@code surface.3}. */
    public static Part surface(VolSurface surface) {
        Optional<byte[]> told = GridSurfaceBytes.encode(surface);
        if (told.isPresent() && ForwardBytes.encode(surface.slices()).isPresent()) {
            return new Part(GridSurfaceBytes.KIND, told.get());
        }
        return new Part(isLinear(surface) ? LINEAR_SURFACE : BLENDED_SURFACE, exact(surface));
    }

    private static byte[] exact(VolSurface surface) {
        List<SviSlice> slices = surface.slices();
        int size = 8 + 2 + (isLinear(surface) ? 0 : 8 * surface.blends().size());
        for (SviSlice slice : slices) {
            size += SLICE + MarketSnapshotBytes.size(slice.smile());
            for (SviSmile floor : slice.floors()) {
                int earlier = earlier(slices, slice, floor);
                size += earlier == INLINE ? 1 + MarketSnapshotBytes.size(floor) : 1;
            }
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.putLong(surface.fixedAtMs());
        out.putShort(MarketSnapshotBytes.u16("slices", slices.size()));
        slices.forEach(slice -> put(out, slices, slice));
        if (!isLinear(surface)) {
            surface.blends().forEach(out::putDouble);
        }
        return out.array();
    }

    private static void put(ByteBuffer out, List<SviSlice> slices, SviSlice slice) {
        out.putLong(slice.expiryMs()).putDouble(slice.forward());
        out.putDouble(slice.discount()).putDouble(slice.uncertaintyVol());
        MarketSnapshotBytes.put(out, slice.smile());
        if (slice.floors().size() > 0xff) {
            throw new IllegalArgumentException("floors=" + slice.floors().size() + " exceed 255");
        }
        out.put((byte) slice.floors().size());
        for (SviSmile floor : slice.floors()) {
            int earlier = earlier(slices, slice, floor);
            out.put((byte) earlier);
            if (earlier == INLINE) {
                MarketSnapshotBytes.put(out, floor);
            }
        }
    }

    private static int earlier(List<SviSlice> slices, SviSlice slice, SviSmile floor) {
        for (int i = 0; i < INLINE && slices.get(i).expiryMs() < slice.expiryMs(); i++) {
            if (slices.get(i).smile().equals(floor)) {
                return i;
            }
        }
        return INLINE;
    }

    /** The surface again, on forwards of one where they stand with the market. @throws IllegalArgumentException when the bytes are not canonical */
    public static VolSurface surface(byte[] bytes) {
        if (GridSurfaceBytes.isIn(bytes)) {
            return GridSurfaceBytes.decode(bytes);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            long fixedAtMs = in.getLong();
            int count = in.getShort() & 0xffff;
            List<SviSlice> slices = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                slices.add(slice(in, fixedAtMs, slices));
            }
            if (!in.hasRemaining()) {
                return new VolSurface(fixedAtMs, slices);
            }
            VolSurface blended = new VolSurface(fixedAtMs, slices, blends(in, count));
            if (in.hasRemaining() || isLinear(blended)) {
                throw new IllegalArgumentException("bytes behind the end=" + in.remaining());
            }
            return blended;
        } catch (BufferUnderflowException | IndexOutOfBoundsException broken) {
            throw new IllegalArgumentException("bytes=" + bytes.length + " end early", broken);
        }
    }

    private static List<Double> blends(ByteBuffer in, int slices) {
        List<Double> blends = new ArrayList<>();
        for (int i = 1; i < slices; i++) {
            blends.add(in.getDouble());
        }
        return blends;
    }

    private static SviSlice slice(ByteBuffer in, long fixedAtMs, List<SviSlice> earlier) {
        long expiryMs = in.getLong();
        double forward = in.getDouble();
        double discount = in.getDouble();
        double uncertainty = in.getDouble();
        SviSmile smile = MarketSnapshotBytes.smile(in);
        int count = in.get() & 0xff;
        List<SviSmile> floors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = in.get() & 0xff;
            floors.add(
                    number == INLINE ? MarketSnapshotBytes.smile(in) : earlier.get(number).smile());
        }
        return new SviSlice(
                expiryMs,
                DayCount.years(fixedAtMs, expiryMs),
                forward,
                discount,
                smile,
                floors,
                uncertainty);
    }
}

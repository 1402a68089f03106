package io.dolim.quoting.market;

import io.dolim.quoting.instrument.DayCount;
import io.dolim.quoting.surface.Knot;
import io.dolim.quoting.surface.RawSvi;
import io.dolim.quoting.surface.SmileGrid;
import io.dolim.quoting.surface.SviSlice;
import io.dolim.quoting.surface.SviSmile;
import io.dolim.quoting.surface.VolSurface;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The stored form of a surface whose numbers are whole steps of {@link SmileGrid}: every number to
 * the bit in a third of the bytes. Big endian; v is a whole number as zigzag (2n, or -2n - 1) in
 * LEB128, seven bits a byte, the lowest first.
 *
 * <pre>
 *   surface.3 = u8 255, i64 fixedAtMs, v slices, each slice, u8 1 and f64 blend of each slice but the
 *               last, or u8 0 where all are zero
 *   slice     = i64 expiryMs, f64 discount, v uncertainty in 2^-24, smile, v floors, each floor
 *   floor     = v number of the earlier slice whose smile it is, or v -1 and a smile
 *   smile     = v exponent, v a, v b, v rho, v m, v sigma, v knots, each knot
 *   knot      = v k less twice the k before plus the one before that (zero before the first), v value,
 *               v curvature
 * </pre>
 *
 * Forwards are not in it, so that chains whose smiles are one share it: they stand in {@code market.3}. The first byte
 * tells it from the other forms, whose first byte is that of a date.
 */
final class GridSurfaceBytes {

    /** Name of the format. */
    static final String KIND = "surface.3";

    private static final int MARK = 255;
    private static final double UNCERTAINTY_STEP = 0x1p-24;
    private static final int MOST = 1 << 16;

    /** Until the market says which. */
    private static final double NO_FORWARD = 1.0;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private GridSurfaceBytes() {}

    static boolean isIn(byte[] bytes) {
        return bytes.length > 0 && (bytes[0] & 0xff) == MARK;
    }

    /** Whether all its numbers are whole numbers of steps. */
    static boolean isTold(VolSurface surface) {
        return encode(surface).isPresent();
    }

    /** The canonical bytes; empty when a number is no whole number of steps. */
    static Optional<byte[]> encode(VolSurface surface) {
        GridSurfaceBytes bytes = new GridSurfaceBytes();
        return bytes.put(surface) ? Optional.of(bytes.out.toByteArray()) : Optional.empty();
    }

    private boolean put(VolSurface surface) {
        out.write(MARK);
        i64(surface.fixedAtMs());
        v(surface.slices().size());
        for (SviSlice slice : surface.slices()) {
            if (!put(surface.slices(), slice)) {
                return false;
            }
        }
        boolean blended = surface.blends().stream().anyMatch(blend -> blend != 0.0);
        out.write(blended ? 1 : 0);
        if (blended) {
            surface.blends().forEach(this::f64);
        }
        return true;
    }

    private boolean put(List<SviSlice> slices, SviSlice slice) {
        i64(slice.expiryMs());
        f64(slice.discount());
        double uncertainty = slice.uncertaintyVol() / UNCERTAINTY_STEP;
        if (uncertainty != Math.rint(uncertainty) || uncertainty >= Long.MAX_VALUE / 4.0) {
            return false;
        }
        v((long) uncertainty);
        if (!put(slice.smile())) {
            return false;
        }
        v(slice.floors().size());
        for (SviSmile floor : slice.floors()) {
            int earlier = earlier(slices, slice, floor);
            v(earlier);
            if (earlier < 0 && !put(floor)) {
                return false;
            }
        }
        return true;
    }

    private static int earlier(List<SviSlice> slices, SviSlice slice, SviSmile floor) {
        for (int i = 0; slices.get(i).expiryMs() < slice.expiryMs(); i++) {
            if (slices.get(i).smile().equals(floor)) {
                return i;
            }
        }
        return -1;
    }

    /** On the largest steps that its numbers are whole numbers of: one form of each smile. */
    private boolean put(SviSmile smile) {
        int about = Math.getExponent(Math.sqrt(smile.totalVariance(0.0)));
        for (int exponent = about + 1; exponent >= about - 1; exponent--) {
            Optional<List<Long>> steps = SmileSteps.of(smile, exponent);
            if (steps.isPresent()) {
                steps.get().forEach(this::v);
                return true;
            }
        }
        return false;
    }

    private void i64(long value) {
        out.writeBytes(ByteBuffer.allocate(8).putLong(value).array());
    }

    private void f64(double value) {
        i64(Double.doubleToRawLongBits(value));
    }

    private void v(long value) {
        WholeNumbers.write(out, value);
    }

    /** The surface on forwards of one. @throws IllegalArgumentException when the bytes are not canonical */
    static VolSurface decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            in.get();
            long fixedAtMs = in.getLong();
            int count = count(in);
            List<SviSlice> slices = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                slices.add(slice(in, fixedAtMs, slices));
            }
            VolSurface surface = new VolSurface(fixedAtMs, slices, blends(in, count));
            if (in.hasRemaining()) {
                throw new IllegalArgumentException("bytes behind the end=" + in.remaining());
            }
            return surface;
        } catch (BufferUnderflowException | IndexOutOfBoundsException broken) {
            throw new IllegalArgumentException("bytes=" + bytes.length + " end early", broken);
        }
    }

    private static List<Double> blends(ByteBuffer in, int slices) {
        boolean blended = in.get() == 1;
        List<Double> blends = new ArrayList<>();
        for (int i = 1; i < slices; i++) {
            blends.add(blended ? in.getDouble() : 0.0);
        }
        return blends;
    }

    private static SviSlice slice(ByteBuffer in, long fixedAtMs, List<SviSlice> earlier) {
        long expiryMs = in.getLong();
        double discount = in.getDouble();
        double uncertainty = read(in) * UNCERTAINTY_STEP;
        SviSmile smile = smile(in);
        int count = count(in);
        List<SviSmile> floors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long number = read(in);
            floors.add(number < 0 ? smile(in) : earlier.get(Math.toIntExact(number)).smile());
        }
        return new SviSlice(
                expiryMs,
                DayCount.years(fixedAtMs, expiryMs),
                NO_FORWARD,
                discount,
                smile,
                floors,
                uncertainty);
    }

    private static SviSmile smile(ByteBuffer in) {
        SmileGrid grid = new SmileGrid(Math.toIntExact(read(in)));
        RawSvi svi =
                new RawSvi(
                        grid.of(SmileGrid.Unit.VARIANCE, read(in)),
                        grid.of(SmileGrid.Unit.SLOPE, read(in)),
                        grid.of(SmileGrid.Unit.PURE, read(in)),
                        grid.of(SmileGrid.Unit.MONEYNESS, read(in)),
                        grid.of(SmileGrid.Unit.MONEYNESS, read(in)));
        int count = count(in);
        List<Knot> knots = new ArrayList<>();
        long before = 0;
        long last = 0;
        for (int i = 0; i < count; i++) {
            long k = read(in) + 2 * last - before;
            before = last;
            last = k;
            knots.add(
                    new Knot(
                            grid.of(SmileGrid.Unit.MONEYNESS, k),
                            grid.of(SmileGrid.Unit.VARIANCE, read(in)),
                            grid.of(SmileGrid.Unit.PURE, read(in))));
        }
        return new SviSmile(svi, knots);
    }

    private static int count(ByteBuffer in) {
        long count = read(in);
        if (count < 0 || count > MOST) {
            throw new IllegalArgumentException("count=" + count + " not in 0 to " + MOST);
        }
        return (int) count;
    }

    private static long read(ByteBuffer in) {
        return WholeNumbers.read(in);
    }

    /** A smile as whole numbers. */
    private static final class SmileSteps {

        private final SmileGrid grid;
        private final List<Long> steps = new ArrayList<>();
        private boolean whole = true;

        private SmileSteps(SmileGrid grid) {
            this.grid = grid;
        }

        static Optional<List<Long>> of(SviSmile smile, int exponent) {
            if (exponent < -32 || exponent > 4) {
                return Optional.empty();
            }
            SmileSteps steps = new SmileSteps(new SmileGrid(exponent));
            steps.steps.add((long) exponent);
            RawSvi svi = smile.svi();
            steps.add(SmileGrid.Unit.VARIANCE, svi.a());
            steps.add(SmileGrid.Unit.SLOPE, svi.b());
            steps.add(SmileGrid.Unit.PURE, svi.rho());
            steps.add(SmileGrid.Unit.MONEYNESS, svi.m());
            steps.add(SmileGrid.Unit.MONEYNESS, svi.sigma());
            steps.steps.add((long) smile.correction().size());
            long before = 0;
            long last = 0;
            for (Knot knot : smile.correction()) {
                long k = steps.of(SmileGrid.Unit.MONEYNESS, knot.k());
                steps.steps.add(k - 2 * last + before);
                before = last;
                last = k;
                steps.add(SmileGrid.Unit.VARIANCE, knot.value());
                steps.add(SmileGrid.Unit.PURE, knot.curvature());
            }
            return steps.whole ? Optional.of(steps.steps) : Optional.empty();
        }

        private void add(SmileGrid.Unit unit, double number) {
            steps.add(of(unit, number));
        }

        private long of(SmileGrid.Unit unit, double number) {
            OptionalLong told = grid.steps(unit, number);
            whole &= told.isPresent();
            return told.orElse(0);
        }
    }
}

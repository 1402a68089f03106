package io.dolim.quoting.market;

import io.dolim.quoting.surface.SviSlice;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Forwards of a surface's slices as whole numbers of one binary step: every forward to the bit. */
final class ForwardBytes {

    private static final int LEAST_SCALE = -64;
    private static final int MOST_SCALE = 1_100;
    private static final int MOST = 1 << 16;

    /** A whole number below this is a double. */
    private static final double EXACT = 1L << 53;

    private ForwardBytes() {}

    /** Scale, count, and differences; empty when forwards lie so far apart that no step tells them all. */
    static Optional<byte[]> encode(List<SviSlice> slices) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int scale = scale(slices);
        WholeNumbers.write(out, scale);
        WholeNumbers.write(out, slices.size());
        long before = 0;
        for (SviSlice slice : slices) {
            double steps = Math.scalb(slice.forward(), scale);
            if (!(steps < EXACT)) {
                return Optional.empty();
            }
            WholeNumbers.write(out, (long) steps - before);
            before = (long) steps;
        }
        return Optional.of(out.toByteArray());
    }

    static List<Double> decode(ByteBuffer in) {
        long scale = WholeNumbers.read(in);
        long count = WholeNumbers.read(in);
        if (scale < LEAST_SCALE || scale > MOST_SCALE || count < 0 || count > MOST) {
            throw new IllegalArgumentException("scale=" + scale + " count=" + count);
        }
        List<Double> forwards = new ArrayList<>();
        long steps = 0;
        for (int i = 0; i < count; i++) {
            steps += WholeNumbers.read(in);
            forwards.add(Math.scalb((double) steps, (int) -scale));
        }
        return forwards;
    }

    private static int scale(List<SviSlice> slices) {
        int scale = LEAST_SCALE;
        for (SviSlice slice : slices) {
            long bits = Double.doubleToRawLongBits(slice.forward());
            int unused = Long.numberOfTrailingZeros(bits | 1L << 52);
            scale = Math.max(scale, 52 - unused - Math.getExponent(slice.forward()));
        }
        return scale;
    }
}

package io.dolim.capacity.journal;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Bytes in fewer bytes: RFC 1951, bounded when they grow again. */
final class Deflated {

    /** Largest event when inflated, bytes: more is refused before memory is taken. */
    static final int MOST_OF_AN_EVENT = 16 << 20;

    /** Largest state when inflated, bytes. */
    static final int MOST_OF_A_STATE = 1 << 30;

    private static final int STEP = 8_192;

    private Deflated() {}

    static byte[] deflate(byte[] bytes) {
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] out = new byte[Math.max(64, bytes.length)];
            int length = 0;
            while (!deflater.finished()) {
                if (length == out.length) {
                    out = Arrays.copyOf(out, out.length + STEP);
                }
                length += deflater.deflate(out, length, out.length - length);
            }
            return Arrays.copyOf(out, length);
        }
    }

    /** @throws IOException when they are not what {@link #deflate} made, or more than {@code most} */
    static byte[] inflate(byte[] bytes, int most) throws IOException {
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(bytes);
            byte[] out = new byte[STEP];
            int length = 0;
            while (!inflater.finished()) {
                if (length == out.length) {
                    if (length >= most) {
                        throw new IOException("inflated bytes exceed " + most);
                    }
                    out = Arrays.copyOf(out, (int) Math.min(2L * out.length, 1L << 30));
                }
                int step = inflater.inflate(out, length, out.length - length);
                if (step == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new IOException("deflated bytes=" + bytes.length + " end early");
                }
                length += step;
            }
            if (inflater.getRemaining() > 0) {
                throw new IOException("bytes behind the deflated end=" + inflater.getRemaining());
            }
            return Arrays.copyOf(out, length);
        } catch (DataFormatException broken) {
            throw new IOException("not deflated: " + broken.getMessage(), broken);
        }
    }
}

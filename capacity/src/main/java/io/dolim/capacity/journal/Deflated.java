package io.dolim.capacity.journal;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Bytes in fewer bytes: RFC 1951, bounded when they grow again. */
final class Deflated {

    /** Largest result of inflating, bytes: more is refused before memory is taken. */
    static final int MOST_BYTES = 16 << 20;

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

    /** @throws IOException when they are not what {@link #deflate} made, or too many */
    static byte[] inflate(byte[] bytes) throws IOException {
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(bytes);
            byte[] out = new byte[STEP];
            int length = 0;
            while (!inflater.finished()) {
                if (length == out.length) {
                    if (length >= MOST_BYTES) {
                        throw new IOException("inflated bytes exceed " + MOST_BYTES);
                    }
                    out = Arrays.copyOf(out, 2 * out.length);
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

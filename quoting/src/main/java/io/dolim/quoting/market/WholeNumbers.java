package io.dolim.quoting.market;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Signed whole numbers in few bytes: zigzag (2n, or -2n - 1) in LEB128, seven bits a byte, the lowest first. */
final class WholeNumbers {

    private WholeNumbers() {}

    static void write(ByteArrayOutputStream out, long value) {
        long left = (value << 1) ^ (value >> 63);
        while ((left & ~0x7fL) != 0) {
            out.write((int) (left & 0x7f) | 0x80);
            left >>>= 7;
        }
        out.write((int) left);
    }

    static long read(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new IllegalArgumentException("a number of more than ten bytes");
    }
}

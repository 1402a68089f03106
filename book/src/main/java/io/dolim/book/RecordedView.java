package io.dolim.book;

import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What of a quote's pool is its own: the rest stands in the frozen view that many share. Big endian.
 *
 * <pre>
 *   view.4 = 32 bytes SHA-256 of frozen.2 or frozen.3 (earlier frozen.1), 32 bytes SHA-256 of rules.1, i64 charge account in micro-USDC,
 *            u8 books, each u8 code length, code in ASCII, i64 last event that the inventory contained
 * </pre>
 *
 * @param frozen hash of the market view, hexadecimal
 * @param rules hash of the configuration that prices, hexadecimal
 * @param chargeAccount what discounts could draw on
 * @param cut the last event of each book that the quotes' inventory contained
 */
public record RecordedView(
        String frozen, String rules, Usdc chargeAccount, SortedMap<Underlying, Long> cut) {

    /** Name of the format. */
    public static final String KIND = "view.4";

    private static final int HASH_BYTES = 32;
    private static final int MOST_BYTES = 1 << 14;

    /** Copies the cut. */
    public RecordedView {
        cut = Collections.unmodifiableSortedMap(new TreeMap<>(cut));
    }

    /** The canonical bytes. */
    public byte[] encoded() {
        ByteBuffer out = ByteBuffer.allocate(MOST_BYTES);
        out.put(HexFormat.of().parseHex(frozen)).put(HexFormat.of().parseHex(rules));
        out.putLong(chargeAccount.micros()).put((byte) cut.size());
        for (Map.Entry<Underlying, Long> book : cut.entrySet()) {
            byte[] code = book.getKey().code().getBytes(StandardCharsets.US_ASCII);
            out.put((byte) code.length).put(code).putLong(book.getValue());
        }
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    /** @throws IllegalArgumentException when the bytes are not canonical */
    public static RecordedView decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            String frozen = hash(in);
            String rules = hash(in);
            Usdc chargeAccount = new Usdc(in.getLong());
            SortedMap<Underlying, Long> cut = new TreeMap<>();
            int books = in.get() & 0xff;
            for (int i = 0; i < books; i++) {
                byte[] code = new byte[in.get() & 0xff];
                in.get(code);
                cut.put(new Underlying(new String(code, StandardCharsets.US_ASCII)), in.getLong());
            }
            if (in.hasRemaining()) {
                throw new IllegalArgumentException("bytes behind the end=" + in.remaining());
            }
            return new RecordedView(frozen, rules, chargeAccount, cut);
        } catch (BufferUnderflowException tooShort) {
            throw new IllegalArgumentException("bytes=" + bytes.length + " end early", tooShort);
        }
    }

    private static String hash(ByteBuffer in) {
        byte[] hash = new byte[HASH_BYTES];
        in.get(hash);
        return HexFormat.of().formatHex(hash);
    }
}

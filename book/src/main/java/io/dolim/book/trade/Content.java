package io.dolim.book.trade;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/**
 * Bytes under their own SHA-256: stored once, referred to by hash for ever after.
 *
 * <p>A class and not a record, because an array is compared by its bytes here and never leaves uncopied.
 */
public final class Content {

    /** Largest content, bytes. */
    public static final int MAX_BYTES = 4 << 20;

    private final String kind;
    private final byte[] bytes;
    @JsonIgnore private final String hash;

    /**
     * @param kind which format the bytes have, as in {@code market.1}
     * @throws IllegalArgumentException when the bytes are more than {@link #MAX_BYTES}
     */
    @JsonCreator
    public Content(@JsonProperty("kind") String kind, @JsonProperty("bytes") byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("content bytes=" + bytes.length + " is too much");
        }
        this.kind = kind;
        this.bytes = Arrays.copyOf(bytes, bytes.length);
        this.hash = BodyHash.ofBytes(this.bytes).hex();
    }

    /** Which format the bytes have. */
    public String kind() {
        return kind;
    }

    /** SHA-256 of the bytes, hexadecimal. */
    public String hash() {
        return hash;
    }

    /** How many bytes. */
    public int size() {
        return bytes.length;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return Arrays.copyOf(bytes, bytes.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Content content
                && kind.equals(content.kind)
                && Arrays.equals(bytes, content.bytes);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return kind + ":" + hash;
    }
}

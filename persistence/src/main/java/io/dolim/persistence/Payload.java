package io.dolim.persistence;

import java.util.Arrays;

/** A serialized object: who can read it, under which name, and its bytes. */
public final class Payload {

    private final int serializer;
    private final String manifest;
    private final byte[] bytes;

    /** Takes {@code bytes} over: the caller must not change them afterwards. */
    Payload(int serializer, String manifest, byte[] bytes) {
        this.serializer = serializer;
        this.manifest = manifest;
        this.bytes = bytes;
    }

    /** Identifier of the serializer. */
    public int serializer() {
        return serializer;
    }

    /** What the serializer calls the class. */
    public String manifest() {
        return manifest;
    }

    /** The bytes themselves, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    /** Stored bytes when the manifest is plain ASCII. */
    int expected() {
        return 4 + 2 + manifest.length() + 4 + bytes.length;
    }

    void write(RowOutput out) {
        out.i32(serializer).text(manifest).counted(bytes);
    }

    static Payload read(RowInput in) {
        return new Payload(in.i32(), in.text(), in.counted());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload payload
                && serializer == payload.serializer
                && manifest.equals(payload.manifest)
                && Arrays.equals(bytes, payload.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * manifest.hashCode() + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Payload[serializer=%d manifest=%s bytes=%d]"
                .formatted(serializer, manifest, bytes.length);
    }
}

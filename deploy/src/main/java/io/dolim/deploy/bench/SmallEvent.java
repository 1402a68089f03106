package io.dolim.deploy.bench;

/** An event of so many bytes that mean nothing. */
final class SmallEvent {

    static final int BYTES = 200;

    private final byte[] bytes;

    /** Takes {@code bytes} over. */
    SmallEvent(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }
}

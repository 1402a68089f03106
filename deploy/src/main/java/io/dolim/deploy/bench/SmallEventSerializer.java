package io.dolim.deploy.bench;

import org.apache.pekko.serialization.SerializerWithStringManifest;

/** Stores a {@link SmallEvent} as its bytes; public because Pekko makes it. */
public final class SmallEventSerializer extends SerializerWithStringManifest {

    private static final int IDENTIFIER = 7_700;

    /** For Pekko. */
    public SmallEventSerializer() {}

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object event) {
        return "small.1";
    }

    @Override
    public byte[] toBinary(Object event) {
        if (event instanceof SmallEvent small) {
            return small.bytes();
        }
        throw new IllegalArgumentException("event=" + event.getClass().getName());
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) {
        return new SmallEvent(bytes);
    }
}

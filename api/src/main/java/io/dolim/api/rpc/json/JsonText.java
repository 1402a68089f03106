package io.dolim.api.rpc.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes JSON. A number that is not finite throws: JSON has no word for it, and no client should ever be told one.
 */
public final class JsonText {

    private JsonText() {}

    /** Something that writes itself. */
    @FunctionalInterface
    public interface Writable {
        /** Writes one value, or the members of an object where the caller has opened one. */
        void write(JsonGenerator json) throws IOException;
    }

    /** Writes one value to a stream of bytes in UTF-8; the stream stays open. */
    public static void write(OutputStream out, Writable value) {
        try (JsonGenerator json = new Finite(StrictJson.FACTORY.createGenerator(out))) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            value.write(json);
        } catch (IOException e) {
            throw new IllegalStateException("a value did not write as JSON", e);
        }
    }

    /** One value as bytes of UTF-8. */
    public static byte[] bytes(Writable value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        write(out, value);
        return out.toByteArray();
    }

    private static final class Finite extends JsonGeneratorDelegate {

        Finite(JsonGenerator json) {
            super(json, false);
        }

        @Override
        public void writeNumber(double number) throws IOException {
            if (!Double.isFinite(number)) {
                throw new IOException("number is not finite: " + number);
            }
            super.writeNumber(number);
        }

        @Override
        public void writeNumber(float number) throws IOException {
            if (!Float.isFinite(number)) {
                throw new IOException("number is not finite: " + number);
            }
            super.writeNumber(number);
        }
    }
}

package io.dolim.capacity.journal;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotationIntrospectorPair;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The canonical form with fewer bytes, for what is written often: records are arrays of their
 * components in declared order, a text that was said before is referred to (CBOR's string
 * references), and a text of 64 lower-case hexadecimal digits, a SHA-256, is stored as its 32 bytes.
 */
final class CompactCbor {

    private static final int HASH_BYTES = 32;

    private CompactCbor() {}

    static ObjectMapper mapper() {
        ObjectMapper mapper = CanonicalCbor.mapper();
        mapper.setAnnotationIntrospector(
                AnnotationIntrospectorPair.pair(
                        new RecordsAreArrays(),
                        mapper.getSerializationConfig().getAnnotationIntrospector()));
        mapper.registerModule(
                new SimpleModule("dolim-hashes")
                        .addSerializer(String.class, new TextWriter())
                        .addDeserializer(String.class, new TextReader()));
        ((CBORFactory) mapper.getFactory()).enable(CBORGenerator.Feature.STRINGREF);
        return mapper;
    }

    private static final class RecordsAreArrays extends NopAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonFormat.Value findFormat(Annotated annotated) {
            return annotated instanceof AnnotatedClass type && hasComponents(type.getRawType())
                    ? JsonFormat.Value.forShape(JsonFormat.Shape.ARRAY)
                    : JsonFormat.Value.empty();
        }
    }

    /** A record that is stored by its components, and not as one value. */
    private static boolean hasComponents(Class<?> type) {
        return type.isRecord()
                && Arrays.stream(type.getDeclaredFields())
                        .noneMatch(field -> field.isAnnotationPresent(JsonValue.class))
                && Arrays.stream(type.getDeclaredMethods())
                        .noneMatch(method -> method.isAnnotationPresent(JsonValue.class));
    }

    private static boolean isHash(String text) {
        return text.length() == 2 * HASH_BYTES
                && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    private static final class TextWriter extends StdScalarSerializer<String> {
        private static final long serialVersionUID = 1L;

        TextWriter() {
            super(String.class);
        }

        @Override
        public void serialize(String text, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            if (isHash(text)) {
                out.writeBinary(HexFormat.of().parseHex(text));
            } else {
                out.writeString(text);
            }
        }
    }

    private static final class TextReader extends StdScalarDeserializer<String> {
        private static final long serialVersionUID = 1L;

        TextReader() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser in, DeserializationContext context)
                throws IOException {
            if (in.currentToken() == JsonToken.VALUE_STRING) {
                return in.getText();
            }
            if (in.currentToken() == JsonToken.VALUE_EMBEDDED_OBJECT) {
                byte[] bytes = in.getBinaryValue();
                if (bytes.length == HASH_BYTES) {
                    return HexFormat.of().formatHex(bytes);
                }
            }
            return context.reportInputMismatch(String.class, "neither text nor 32 bytes");
        }
    }
}

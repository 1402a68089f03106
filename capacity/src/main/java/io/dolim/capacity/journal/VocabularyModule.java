package io.dolim.capacity.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.io.IOException;
import java.util.function.Function;

/**
 * How the vocabulary is stored: an underlying, an expiry and a contract by their names, an amount of
 * USDC as whole micros.
 */
final class VocabularyModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    VocabularyModule() {
        super("dolim-vocabulary");
        named(Underlying.class, Underlying::code, Underlying::new);
        named(Expiry.class, Expiry::toString, Expiry::parse);
        named(OptionContract.class, OptionContract::name, OptionContract::parse);
        addSerializer(Usdc.class, new MicrosWriter());
        addDeserializer(Usdc.class, new MicrosReader());
    }

    private <T> void named(Class<T> type, Function<T, String> name, Function<String, T> parse) {
        addSerializer(type, new NameWriter<>(name));
        addDeserializer(type, new NameReader<>(parse));
        addKeySerializer(type, new KeyWriter<>(name));
        addKeyDeserializer(type, new KeyReader<>(parse));
    }

    private static final class NameWriter<T> extends JsonSerializer<T> {
        private final Function<T, String> name;

        NameWriter(Function<T, String> name) {
            this.name = name;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeString(name.apply(value));
        }
    }

    private static final class KeyWriter<T> extends JsonSerializer<T> {
        private final Function<T, String> name;

        KeyWriter(Function<T, String> name) {
            this.name = name;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeFieldName(name.apply(value));
        }
    }

    private static final class NameReader<T> extends JsonDeserializer<T> {
        private final Function<String, T> parse;

        NameReader(Function<String, T> parse) {
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return parse.apply(context.readValue(in, String.class));
        }
    }

    private static final class KeyReader<T> extends KeyDeserializer {
        private final Function<String, T> parse;

        KeyReader(Function<String, T> parse) {
            this.parse = parse;
        }

        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return parse.apply(key);
        }
    }

    private static final class MicrosWriter extends JsonSerializer<Usdc> {
        @Override
        public void serialize(Usdc value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeNumber(value.micros());
        }
    }

    private static final class MicrosReader extends JsonDeserializer<Usdc> {
        @Override
        public Usdc deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return new Usdc(context.readValue(in, Long.class));
        }
    }
}

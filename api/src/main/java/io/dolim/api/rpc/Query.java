package io.dolim.api.rpc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.rpc.json.StrictJson;
import io.dolim.api.rpc.json.Unreadable;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads a query string as it was sent: percent signs and plus, strict UTF-8, no name twice, at most 64 parameters. */
final class Query {

    private static final int MAX_PARAMETERS = 64;

    private Query() {}

    /** The parameters, each a text; nothing where the query cannot be read. */
    static Optional<ObjectNode> read(String raw) {
        ObjectNode members = JsonNodeFactory.instance.objectNode();
        if (raw.isEmpty()) {
            return Optional.of(members);
        }
        String[] pairs = raw.split("&", MAX_PARAMETERS + 1);
        if (pairs.length > MAX_PARAMETERS) {
            return Optional.empty();
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            Optional<String> name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            Optional<String> value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
            if (name.isEmpty()
                    || value.isEmpty()
                    || members.has(name.get())
                    || name.get().length() > StrictJson.MAX_NAME) {
                return Optional.empty();
            }
            members.put(name.get(), value.get());
        }
        return Optional.of(members);
    }

    private static Optional<String> decoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = hex(text, i + 1);
                int low = hex(text, i + 2);
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                bytes.write(high << 4 | low);
                i += 2;
            } else if (c < 0x80) {
                bytes.write(c == '+' ? ' ' : c);
            } else {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(StrictJson.text(ByteBuffer.wrap(bytes.toByteArray())));
        } catch (Unreadable notUtf8) {
            return Optional.empty();
        }
    }

    private static int hex(String text, int at) {
        return at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
    }
}

package io.dolim.api.contract;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The files of this package, as they lie beside it. */
final class ContractFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ContractFile() {}

    /** A file that holds one JSON object. */
    static ObjectNode json(String name) {
        try {
            return (ObjectNode) JSON.readTree(bytes(name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("contract file " + name, unreadable);
        }
    }

    static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String name) {
        try (InputStream file = ContractFile.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("there is no contract file " + name);
            }
            return file.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("contract file " + name, unreadable);
        }
    }
}

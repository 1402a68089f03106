package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Changes what a server said, a member at a time: whoever checks it must notice each change. */
final class Surprise {

    private static final String MEMBER = "surprise";

    private Surprise() {}

    /** Puts one member too many into every object in turn. */
    static void requireNoticed(JsonNode said, Consumer<JsonNode> check) {
        JsonNode copy = said.deepCopy();
        for (ObjectNode object : objects(copy)) {
            object.put(MEMBER, MEMBER);
            assertThrows(
                    AssertionError.class,
                    () -> check.accept(copy),
                    () -> "one member too many is not noticed in " + object);
            object.remove(MEMBER);
        }
    }

    /** The first of each list alone: the others have the same shape. */
    private static List<ObjectNode> objects(JsonNode node) {
        List<ObjectNode> found = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            found.add(object);
            object.forEach(child -> found.addAll(objects(child)));
        } else if (node.isArray() && !node.isEmpty()) {
            found.addAll(objects(node.path(0)));
        }
        return found;
    }
}

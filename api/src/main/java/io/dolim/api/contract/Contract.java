package io.dolim.api.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Methods;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The method table with the descriptions that lie in this package's files, one for each area. It is made only
 * when every method is described and every description is of a method.
 */
public final class Contract {

    private static final List<String> AREAS =
            List.of(
                    "edge",
                    "market",
                    "tape",
                    "trade",
                    "orders",
                    "position",
                    "money",
                    "pool",
                    "operator",
                    "keeper",
                    "keys");

    private final List<Section> sections;
    private final ObjectNode schemas;

    /** One area. */
    record Section(
            String title,
            String summary,
            List<Described> methods,
            List<DescribedChannel> channels) {}

    private Contract(List<Section> sections, ObjectNode schemas) {
        this.sections = sections;
        this.schemas = schemas;
    }

    /**
     * Joins the table with its descriptions. An area that is marked optional is left out when the table has none of
     * its methods.
     *
     * @throws IllegalStateException with the names that have no counterpart
     */
    public static Contract of(Methods table) {
        Map<String, Method<?>> untold = new LinkedHashMap<>();
        table.rows().forEach(row -> untold.put(row.name(), row));
        List<String> strangers = new ArrayList<>();
        List<Section> sections = new ArrayList<>();
        ObjectNode schemas = Schemas.envelopes();
        for (String name : AREAS) {
            ObjectNode area = ContractFile.json(name + ".json");
            List<String> names = names(area, "methods");
            boolean isThere = names.stream().anyMatch(untold::containsKey);
            if (isThere || !area.path("optional").asBoolean()) {
                sections.add(section(area, untold, strangers));
                area.path("schemas").properties().forEach(one -> add(schemas, one));
            }
        }
        if (!untold.isEmpty() || !strangers.isEmpty()) {
            throw new IllegalStateException(
                    "methods without a description: "
                            + new TreeSet<>(untold.keySet())
                            + ", descriptions without a method: "
                            + new TreeSet<>(strangers));
        }
        return new Contract(List.copyOf(sections), schemas);
    }

    private static Section section(
            ObjectNode area, Map<String, Method<?>> untold, List<String> strangers) {
        List<Described> methods = new ArrayList<>();
        for (String name : names(area, "methods")) {
            Method<?> row = untold.remove(name);
            if (row == null) {
                strangers.add(name);
            } else {
                methods.add(new Described(row, (ObjectNode) area.path("methods").path(name)));
            }
        }
        List<DescribedChannel> channels = new ArrayList<>();
        for (String name : names(area, "channels")) {
            var text = area.path("channels").path(name);
            channels.add(
                    new DescribedChannel(
                            name,
                            text.path("summary").asText(),
                            (ObjectNode) text.path("parameters"),
                            text.path("data")));
        }
        return new Section(
                area.path("title").asText(), area.path("summary").asText(), methods, channels);
    }

    private static List<String> names(ObjectNode area, String members) {
        List<String> names = new ArrayList<>();
        area.path(members).fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void add(
            ObjectNode schemas, Map.Entry<String, com.fasterxml.jackson.databind.JsonNode> one) {
        if (schemas.has(one.getKey())) {
            throw new IllegalStateException("two shapes are called " + one.getKey());
        }
        schemas.set(one.getKey(), one.getValue());
    }

    List<Section> sections() {
        return sections;
    }

    List<Described> methods() {
        return sections.stream().flatMap(section -> section.methods().stream()).toList();
    }

    List<DescribedChannel> channels() {
        return sections.stream().flatMap(section -> section.channels().stream()).toList();
    }

    /** Shapes by name, those of all envelopes among them. */
    ObjectNode schemas() {
        return schemas.deepCopy();
    }
}

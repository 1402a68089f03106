package io.dolim.api.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.dolim.api.rpc.Methods;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The documents obey the schemas that their makers publish. */
class MetaSchemaTest {

    private static final String VERSION = "2.0.0";

    /** The dialect that OpenRPC's schema leaves to another server. */
    private static final String ELSEWHERE = "https://meta.json-schema.tools";

    private static Methods table = Methods.of();

    @BeforeAll
    static void askForTheTable() {
        Methods pool = PoolTable.hedged();
        table = pool.and(Methods.of(new Docs().describe(pool, VERSION).methods()));
    }

    @Test
    void openApi() throws IOException {
        requireValid(
                schema("openapi-3.1.json.gz", SpecificationVersion.DRAFT_2020_12),
                OpenApi.of(Contract.of(table), VERSION),
                "/paths/~1api~1v2~1public~1ticker/get/parameters/0");
    }

    @Test
    void asyncApi() throws IOException {
        requireValid(
                schema("asyncapi-3.0.0.json.gz", SpecificationVersion.DRAFT_7),
                AsyncApi.of(Contract.of(table), VERSION),
                "/channels/ticker_instrument_name_interval");
    }

    @Test
    void openRpc() throws IOException {
        requireValid(
                schema("openrpc-1.3.2.json.gz", SpecificationVersion.DRAFT_7),
                OpenRpc.of(Contract.of(table), VERSION),
                "/methods/0");
    }

    /** Valid, and not because the schema takes anything: a part with a member too many is refused. */
    private static void requireValid(Schema schema, ObjectNode document, String part) {
        List<Error> faults = schema.validate(document);
        assertEquals(List.of(), faults);
        ((ObjectNode) document.at(part)).put("surprise", 1);
        assertFalse(schema.validate(document).isEmpty(), part);
    }

    private static Schema schema(String file, SpecificationVersion dialect) throws IOException {
        try (InputStream packed =
                        Objects.requireNonNull(
                                MetaSchemaTest.class.getResourceAsStream("/metaschema/" + file));
                InputStream text = new GZIPInputStream(packed)) {
            ObjectNode schema = (ObjectNode) new ObjectMapper().readTree(text);
            schema.remove("$schema");
            takeWhatLiesElsewhere(schema);
            return SchemaRegistry.withDefaultDialect(dialect).getSchema(schema);
        }
    }

    private static void takeWhatLiesElsewhere(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("$ref").asText().startsWith(ELSEWHERE)) {
            object.removeAll();
        }
        node.forEach(MetaSchemaTest::takeWhatLiesElsewhere);
    }
}

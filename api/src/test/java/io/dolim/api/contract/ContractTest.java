package io.dolim.api.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Methods;
import io.dolim.api.rpc.Result;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ContractTest {

    private static final String VERSION = "2.0.0";
    private static Methods hedged = Methods.of();

    @BeforeAll
    static void startAndAskForTheTable() {
        hedged = withDiscovery(PoolTable.hedged());
    }

    @Test
    void everyMethodIsDescribedAndEveryDescriptionIsOfAMethod() {
        Contract contract = Contract.of(hedged);
        List<String> described = contract.methods().stream().map(Described::name).toList();
        assertEquals(hedged.names(), Set.copyOf(described));
        assertTrue(described.contains("keeper/claim"), described::toString);
    }

    @Test
    void aPoolThatDoesNotHedgeIsDescribedWithoutKeepers() {
        Contract contract = Contract.of(withDiscovery(PoolTable.unhedged()));
        assertTrue(contract.methods().stream().noneMatch(one -> one.name().startsWith("keeper/")));
    }

    @Test
    void aMethodWithoutADescriptionIsRefusedByName() {
        Methods more =
                hedged.and(
                        Methods.of(
                                Method.open(
                                        "public/untold",
                                        p -> p,
                                        Method.now((caller, p) -> Result.ok()))));
        String why = refusal(more);
        assertEquals(
                "methods without a description: [public/untold], descriptions without a method: []",
                why);
    }

    @Test
    void aDescriptionWithoutAMethodIsRefusedByName() {
        Methods less =
                Methods.of(
                        hedged.rows().stream()
                                .filter(row -> !row.name().equals("public/ticker"))
                                .toList());
        String why = refusal(less);
        assertTrue(why.endsWith("descriptions without a method: [public/ticker]"), why);
    }

    @Test
    void whoMayCallComesFromTheTable() {
        JsonNode get = path("/api/v2/private/buy").path("get");
        assertEquals(
                "trade:read_write", get.path("security").path(0).path("bearer").path(0).asText());
        assertEquals("matching", get.path("x-cost").asText());
        assertFalse(path("/api/v2/public/ticker").path("get").has("security"));
        JsonNode known = path("/api/v2/private/logout").path("get").path("security");
        assertTrue(known.path(0).path("bearer").isEmpty() && known.size() == 3, known::toString);
    }

    @Test
    void strictMethodsAloneRefuseUnknownParameters() {
        assertTrue(isClosed("/api/v2/public/get_quote"));
        assertFalse(isClosed("/api/v2/public/ticker"));
    }

    @Test
    void everyMethodStandsInOpenApiTwice() {
        JsonNode paths = openApi().path("paths");
        assertEquals(hedged.names().size(), paths.size());
        paths.forEach(path -> assertTrue(path.has("get") && path.has("post"), path::toString));
        Set<String> ids = new HashSet<>();
        paths.forEach(
                path -> path.forEach(one -> assertTrue(ids.add(one.path("operationId").asText()))));
    }

    @Test
    void everyPointerOfADocumentPointsAtSomething() {
        for (ObjectNode document : documents()) {
            each(
                    document,
                    node -> {
                        String target = node.path("$ref").asText();
                        if (!target.isEmpty()) {
                            assertTrue(target.startsWith("#/"), target);
                            assertFalse(document.at(target.substring(1)).isMissingNode(), target);
                        }
                    });
        }
    }

    @Test
    void everyObjectSaysWhetherItHasMoreMembers() {
        Contract contract = Contract.of(hedged);
        List<JsonNode> shapes = new ArrayList<>();
        contract.schemas().forEach(shapes::add);
        contract.methods().forEach(method -> shapes.add(method.result()));
        contract.methods().forEach(method -> shapes.add(method.params()));
        contract.channels().forEach(channel -> shapes.add(channel.data()));
        for (JsonNode shape : shapes) {
            each(
                    shape,
                    node ->
                            assertTrue(
                                    !node.path("type").asText().equals("object")
                                            || node.has("additionalProperties"),
                                    node::toString));
        }
    }

    @Test
    void everyMemberOfAPlainKindSaysWhatItIs() {
        Contract contract = Contract.of(hedged);
        contract.methods()
                .forEach(
                        method ->
                                method.params()
                                        .forEach(
                                                param ->
                                                        assertTrue(
                                                                param.has("description")
                                                                        && !param.path(
                                                                                        "description")
                                                                                .asText()
                                                                                .isEmpty(),
                                                                method.name())));
    }

    @Test
    void everySchemaCompilesAndObeysItsDialect() {
        SchemaRegistry registry =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        Schema dialect =
                registry.getSchema(
                        com.networknt.schema.SchemaLocation.of(
                                "https://json-schema.org/draft/2020-12/schema"));
        Contract contract = Contract.of(hedged);
        List<ObjectNode> schemas = new ArrayList<>();
        contract.methods().forEach(one -> schemas.add(Schemas.response(one.result())));
        contract.methods().forEach(one -> schemas.add(Schemas.request(one)));
        contract.channels().forEach(one -> schemas.add(Schemas.notification(one)));
        for (ObjectNode schema : schemas) {
            schema.putObject("components").set("schemas", contract.schemas());
            assertEquals(List.of(), dialect.validate(schema));
            registry.getSchema(schema).initializeValidators();
        }
    }

    @Test
    void thePageHoldsEveryMethodAndChannelAndNothingFromElsewhere() {
        Contract contract = Contract.of(hedged);
        String page = DocsPage.of(contract, VERSION);
        contract.methods()
                .forEach(
                        one -> assertTrue(page.contains("<h3 id=\"" + one.id() + "\">"), one.id()));
        contract.channels()
                .forEach(
                        one -> assertTrue(page.contains("<h3 id=\"" + one.id() + "\">"), one.id()));
        assertFalse(page.contains("://"), "something comes from elsewhere");
        assertFalse(page.contains("<script"), "the page needs no script");
    }

    private static String refusal(Methods table) {
        return String.valueOf(
                assertThrows(IllegalStateException.class, () -> Contract.of(table)).getMessage());
    }

    private static boolean isClosed(String path) {
        JsonNode params =
                path(path)
                        .at("/post/requestBody/content/application~1json/schema/properties/params");
        assertFalse(params.isMissingNode());
        return !params.path("additionalProperties").asBoolean();
    }

    private static JsonNode path(String name) {
        return openApi().path("paths").path(name);
    }

    private static ObjectNode openApi() {
        return OpenApi.of(Contract.of(hedged), VERSION);
    }

    private static List<ObjectNode> documents() {
        Contract contract = Contract.of(hedged);
        return List.of(
                OpenApi.of(contract, VERSION),
                AsyncApi.of(contract, VERSION),
                OpenRpc.of(contract, VERSION));
    }

    private static Methods withDiscovery(Methods table) {
        return table.and(Methods.of(new Docs().describe(table, VERSION).methods()));
    }

    private static void each(JsonNode node, Consumer<JsonNode> look) {
        look.accept(node);
        node.forEach(child -> each(child, look));
    }
}

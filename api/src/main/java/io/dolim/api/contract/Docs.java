package io.dolim.api.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.rpc.Describing;
import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Methods;
import io.dolim.api.rpc.Page;
import io.dolim.api.rpc.Params;
import io.dolim.api.rpc.Result;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/**
 * The documents under {@code /docs}, and {@code rpc.discover}. Made once, at the start, which fails where a method
 * has no description.
 */
public final class Docs implements Describing {

    private static final ContentType CSS = MediaTypes.TEXT_CSS.toContentType(HttpCharsets.UTF_8);

    private static final List<HttpHeader> HEADERS =
            List.of(
                    RawHeader.create(
                            "Content-Security-Policy",
                            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
                    RawHeader.create("X-Content-Type-Options", "nosniff"),
                    RawHeader.create("Referrer-Policy", "no-referrer"),
                    RawHeader.create("Cache-Control", "no-cache"));

    @Override
    public Description describe(Methods table, String version) {
        Contract contract = Contract.of(table.and(Methods.of(discover(Schemas.object()))));
        ObjectNode openRpc = OpenRpc.of(contract, version);
        Map<String, HttpResponse> pages =
                Map.of(
                        "/docs",
                        response(ContentTypes.TEXT_HTML_UTF8, DocsPage.of(contract, version)),
                        "/docs/style.css",
                        response(CSS, ContractFile.text("style.css")),
                        "/docs/openapi.json",
                        json(OpenApi.of(contract, version)),
                        "/docs/asyncapi.json",
                        json(AsyncApi.of(contract, version)),
                        "/docs/openrpc.json",
                        json(openRpc));
        Page page = (path, request) -> Optional.ofNullable(pages.get(path));
        return new Description(List.of(discover(openRpc)), page);
    }

    private static Method<Params> discover(ObjectNode openRpc) {
        Result told = Result.ofSerialised(openRpc.toString().getBytes(StandardCharsets.UTF_8));
        return Method.open(Method.DISCOVER, params -> params, Method.now((caller, p) -> told));
    }

    private static HttpResponse json(ObjectNode document) {
        return response(ContentTypes.APPLICATION_JSON, document.toPrettyString());
    }

    private static HttpResponse response(ContentType type, String text) {
        return HttpResponse.create()
                .withEntity(HttpEntities.create(type, text.getBytes(StandardCharsets.UTF_8)))
                .addHeaders(HEADERS);
    }
}

package io.dolim.api.rpc;

import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Answers what is neither RPC nor health: the web page, the documents that describe the protocol. */
@FunctionalInterface
public interface Page {

    /** No pages. */
    Page NONE = (path, request) -> Optional.empty();

    /**
     * The page at a path, at once; nothing where there is none, which is answered 404.
     *
     * @param path as it was sent, without the query
     */
    Optional<HttpResponse> find(String path, HttpRequest request);

    /** These pages, and others where they have none. */
    default Page or(Page others) {
        return (path, request) -> find(path, request).or(() -> others.find(path, request));
    }
}

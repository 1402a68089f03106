package io.dolim.api.rpc;

/** Requests over HTTP as they stand on the wire. */
final class HttpText {

    private HttpText() {}

    static String get(String target, String... headers) {
        return "GET " + target + " HTTP/1.1\r\nHost: h\r\n" + String.join("", headers) + "\r\n";
    }

    static String post(String method, String body) {
        return "POST /api/v2/"
                + method
                + " HTTP/1.1\r\nHost: h\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body;
    }

    static String chunked(String method, String chunk) {
        String size = Integer.toHexString(chunk.length());
        return "POST /api/v2/"
                + method
                + " HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                + (size + "\r\n" + chunk + "\r\n").repeat(3)
                + "0\r\n\r\n";
    }
}

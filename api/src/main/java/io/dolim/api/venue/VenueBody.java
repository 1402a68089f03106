package io.dolim.api.venue;

import io.dolim.api.rpc.Result;
import io.dolim.api.rpc.json.JsonText;

/** Answers written while the exchange stands still: the edge writes a result later, on another thread. */
final class VenueBody {

    private VenueBody() {}

    static Result of(JsonText.Writable body) {
        return Result.ofSerialised(JsonText.bytes(body));
    }
}

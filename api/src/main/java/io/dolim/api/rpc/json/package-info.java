/** JSON as strangers send it: one strict reader with a bound on everything, and one writer that cannot say NaN. */
@NullMarked
package io.dolim.api.rpc.json;

import org.jspecify.annotations.NullMarked;

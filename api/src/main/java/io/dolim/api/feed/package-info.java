/** Where markets come from: simulated, replayed from recordings, or live from Deribit. */
@NullMarked
package io.dolim.api.feed;

import org.jspecify.annotations.NullMarked;

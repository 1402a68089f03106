/** What a taker asks for and what he is offered: packages, itemised quotes, and the port to the price of capacity. */
@NullMarked
package io.dolim.quoting.quote;

import org.jspecify.annotations.NullMarked;

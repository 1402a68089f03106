/** The trades tape that the world reads: what was traded, at which price, and what that makes of the day; a read model of the Books' events. */
@NullMarked
package io.dolim.book.prints;

import org.jspecify.annotations.NullMarked;

/** What a market heard, second by second: the stored tape, its writer, and how long it is kept. */
@NullMarked
package io.dolim.book.tape;

import org.jspecify.annotations.NullMarked;

/** Placeholder. */
@NullMarked
package io.dolim.book;

import org.jspecify.annotations.NullMarked;

/** Placeholder. */
@NullMarked
package io.dolim.deploy;

import org.jspecify.annotations.NullMarked;
